#include "core/readers/downloads.h"

#include <vector>

#include "core/base/word_list.h"

namespace headroom {

std::string downloaded(std::string_view text) {
  if (text.size() > 500 || text.find('\n') != text.npos) return {};
  std::vector<std::string_view> words;
  eachWord(text, [&](std::string_view word) { words.push_back(word); });
  while (!words.empty() && (words.front() == "$" || words.front() == "sudo")) words.erase(words.begin());
  if (words.size() < 3) return {};
  const bool clones = words[0] == "git" && (words[1] == "clone" || words[1] == "lfs");
  const bool loads = (words[0] == "hf" || words[0] == "huggingface-cli") && words[1] == "download";
  // modelscope download --model ORG/NAME: another host's, as its address says.
  if (words[0] == "modelscope" && words[1] == "download")
    return "https://modelscope.cn/models/" +
           std::string(words[2] == "--model" && words.size() > 3 ? words[3] : words[2]);
  if (!clones && !loads) return {};
  std::string name, file;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i].starts_with('-')) {
      if (words[i] != "--quiet" && words[i] != "--force-download") ++i;
    } else if (name.empty() && words[i] != "clone") {
      name = words[i];
    } else if (words[i].ends_with(".gguf")) {
      file = words[i];
    }
  }
  if (name.empty() || file.empty()) return name;
  return "https://huggingface.co/" + name + "/blob/main/" + file;
}

}  // namespace headroom
