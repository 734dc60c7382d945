// Ollama's Modelfile and environment (https://github.com/ollama/ollama/blob/main/docs/modelfile.md,
// envconfig/config.go).
#include <algorithm>

#include "core/base/lower_case.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/server_call.h"

namespace headroom {
namespace {

constexpr std::size_t kLongest = 65536;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// The first word, taken off the text.
std::string_view nextWord(std::string_view& text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_of(" \t="), text.size());
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(std::min(end + 1, text.size())));
  return word;
}

// The lines as a call of Ollama: its model, and parameters and variables as pairs.
class ModelfileReader {
 public:
  ModelfileReader() { call_.engine = "ollama", call_.program = "Modelfile", call_.positional = true; }

  void line(std::string_view text) {
    const std::string_view whole = trimmed(text);
    if (whole.empty() || whole.starts_with('#')) return;
    ++lines_;
    std::string_view rest = whole;
    const std::string first(nextWord(rest));
    const std::string word = lowerCase(first);
    // A Dockerfile begins with FROM too.
    for (const std::string_view docker : {"RUN", "COPY", "ENTRYPOINT", "WORKDIR", "CMD"})
      docker_ = docker_ || first == docker;
    for (const std::string_view registry : {"ghcr.io/", "docker.io/", "nvcr.io/", "quay.io/", "rocm/", "nvidia/cuda"})
      docker_ = docker_ || (word == "from" && trimmed(rest).starts_with(registry));
    constexpr std::string_view kWords[] = {"from", "adapter", "draft", "parameter", "template", "system", "license"};
    if (std::ranges::find(kWords, word) != std::end(kWords)) ++said_, small_ = small_ || first == word;
    if (word == "from") return from(rest);
    if (word == "adapter" || word == "draft")
      return rest.find(' ') == rest.npos ? take(word == "draft" ? "DRAFT" : "ADAPTER", rest) : void();
    if (word == "parameter") {
      const std::string_view name = nextWord(rest);
      return take(name, rest);
    }
    if (word == "export" || word == "/set" || word == "set" || word == "setx" || word == "environment") {
      std::string_view name = nextWord(rest);  // /set parameter num_ctx 8192, of the prompt
      if (name == "parameter") name = nextWord(rest);
      return take(name, rest);
    }
    if (first.starts_with("OLLAMA_") || word.starts_with("num_")) return take(first, rest);
    if (word == "template" || word == "system" || word == "license" || word == "message")
      texts_.push_back({first, false});  // other words stand inside such a text
  }

  // In small letters they begin a sentence's lines as well.
  bool empty() const { return !found_ || docker_ || (small_ && said_ * 2 < lines_); }
  const ServerCall& call() const { return call_; }
  const std::vector<LeftOut>& texts() const { return texts_; }

 private:
  void from(std::string_view name) {
    if (name.empty() || name.find_first_of(" \t") != name.npos) return;  // "from trl import …"
    if (std::ranges::any_of(name,
                            [](unsigned char c) { return c >= 0x80 || c == '`' || c == ',' || c == '(' || c == '*'; }))
      return;  // a sentence's last words
    found_ = true;
    call_.arguments.assign(1, std::string(name));
  }

  void take(std::string_view name, std::string_view value) {
    if (name.starts_with("CUDA_") || name.starts_with("HIP_") || name.starts_with("ROCR_"))
      value = value.substr(0, value.find_first_not_of("0123456789,"));  // theirs and everybody's
    else
      found_ = found_ || optionTable("ollama")->find(name).option != nullptr;
    // A comment behind a number.
    if (const std::size_t hash = value.find(" #"); hash != value.npos) value = trimmed(value.substr(0, hash));
    call_.environment.emplace_back(std::string(name), std::string(value.substr(0, 200)));
  }

  ServerCall call_;
  std::vector<LeftOut> texts_;
  std::size_t lines_ = 0, said_ = 0;  // of text, and with an instruction
  bool found_ = false, docker_ = false, small_ = false;
};

}  // namespace

Result<Reading> readModelfile(std::string_view text) {
  if (text.size() > kLongest) return fail(ErrorCode::value, "A Modelfile of more than 64 KiB is not read.");
  ModelfileReader reader;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    reader.line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (reader.empty())
    return fail(ErrorCode::unknown_name,
                "No line of a Modelfile (FROM, PARAMETER num_ctx) and no OLLAMA_ variable was found.");
  Result<Reading> reading = readServerCall(reader.call());
  if (!reading) return reading;
  reading->recognised = "Ollama Modelfile";
  reading->leftOut.insert(reading->leftOut.end(), reader.texts().begin(), reader.texts().end());
  return reading;
}

}  // namespace headroom
