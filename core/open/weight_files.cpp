#include "core/open/weight_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace headroom {
namespace {

constexpr int kMostParts = 1000;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view baseName(std::string_view path) {
  return path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
}

bool contains(std::string_view text, std::string_view word) {
  return lower(text).find(word) != std::string::npos;
}

std::string partName(const FilePart& part, int number) {
  return fmt::format("{}-{:05}-of-{:05}{}", part.prefix, number, part.of, part.end);
}

// "model.fp16.safetensors" of "model.safetensors": a word between the name and its ending (diffusers and transformers
// write such a `variant`).
bool isVariantOf(std::string_view name, const std::set<std::string, std::less<>>& all) {
  const std::size_t end = name.rfind('.'), word = end == name.npos ? name.npos : name.rfind('.', end - 1);
  if (word == name.npos || word == 0) return false;
  const std::string_view variant = name.substr(word + 1, end - word - 1);
  if (variant.empty() || std::isdigit(static_cast<unsigned char>(variant.front())) != 0) return false;
  std::string plain = std::string(name.substr(0, word)) + std::string(name.substr(end));
  if (all.contains(plain)) return true;
  // model.fp16-00001-of-00002.safetensors
  const std::size_t dash = variant.find('-');
  if (dash == variant.npos) return false;
  plain = std::string(name.substr(0, word)) + std::string(variant.substr(dash)) + std::string(name.substr(end));
  return all.contains(plain) || all.contains(std::string(name.substr(0, word)) + std::string(name.substr(end)));
}

}  // namespace

std::optional<FilePart> filePart(std::string_view name) {
  const std::size_t end = name.rfind('.');
  constexpr std::size_t kTail = std::string_view("-00001-of-00001").size();
  if (end == name.npos || end <= kTail) return std::nullopt;
  const std::string_view tail = name.substr(end - kTail, kTail), digits = "0123456789";
  if (tail[0] != '-' || tail.substr(6, 4) != "-of-" || tail.substr(1, 5).find_first_not_of(digits) != tail.npos ||
      tail.substr(10, 5).find_first_not_of(digits) != tail.npos)
    return std::nullopt;
  FilePart out{std::string(name.substr(0, end - kTail)), std::string(name.substr(end)), 0, 0};
  for (std::size_t i = 1; i < 6; ++i) out.part = out.part * 10 + (tail[i] - '0');
  for (std::size_t i = 10; i < 15; ++i) out.of = out.of * 10 + (tail[i] - '0');
  if (out.of < 1 || out.of > kMostParts || out.part > out.of) return std::nullopt;
  return out;
}

std::vector<std::string> partsOf(const std::string& name) {
  const std::optional<FilePart> part = filePart(name);
  if (!part || part->part == 0) return {name};
  std::vector<std::string> out;
  for (int i = 1; i <= part->of; ++i) out.push_back(partName(*part, i));
  return out;
}

Result<std::vector<std::string>> modelSafetensors(std::vector<std::string> names) {
  std::erase_if(names, [](const std::string& name) {
    if (!name.ends_with(".safetensors")) return true;
    const std::string base = lower(baseName(name));
    for (const std::string_view word : {"adapter", "optimizer", "scheduler", "lora", "training_args", "random_states"})
      if (base.find(word) != base.npos) return true;
    return false;
  });
  const bool others =
      std::ranges::any_of(names, [](const std::string& n) { return !baseName(n).starts_with("consolidated"); });
  if (others) std::erase_if(names, [](const std::string& n) { return baseName(n).starts_with("consolidated"); });
  const std::set<std::string, std::less<>> all(names.begin(), names.end());
  std::erase_if(names, [&](const std::string& name) { return isVariantOf(name, all); });
  if (all.contains("model.safetensors"))
    std::erase_if(names, [](const std::string& name) { return filePart(name).has_value(); });
  std::map<std::string, std::set<int>> parts;
  std::map<std::string, FilePart> sets;
  for (const std::string& name : names)
    if (const auto part = filePart(name)) {
      parts[part->prefix].insert(part->part);
      sets.insert_or_assign(part->prefix, *part);
    }
  // Two sets of one model ("model", "pytorch_model"): the one a loader looks for.
  if (sets.size() > 1 && sets.contains("model"))
    std::erase_if(names, [](const std::string& name) {
      const auto part = filePart(name);
      return part && part->prefix != "model";
    });
  for (const auto& [prefix, set] : sets) {
    if (sets.size() > 1 && sets.contains("model") && prefix != "model") continue;
    const int first = parts[prefix].contains(0) ? 0 : 1, last = first == 0 ? set.of - 1 : set.of;
    for (int i = first; i <= last; ++i)
      if (!parts[prefix].contains(i))
        return fail(ErrorCode::not_found,
                    fmt::format("{} is missing: the weights are in {} parts.", partName(set, i), set.of));
  }
  std::ranges::sort(names);
  return names;
}

Result<ChosenGguf> modelGguf(std::vector<std::string> names, std::string_view tag) {
  std::erase_if(names, [](const std::string& name) { return !lower(name).ends_with(".gguf"); });
  const std::vector<std::string> everything = names;
  std::erase_if(names, [](const std::string& name) {
    const std::string base = lower(baseName(name));
    return base.find("mmproj") != base.npos || base.find("imatrix") != base.npos || base.find("ggml-vocab") == 0 ||
           (base.find("lora") != base.npos && base.find("adapter") != base.npos);
  });
  // Of a split file only its first part stands for it, whichever parts are there.
  std::map<std::string, std::string> models;
  for (const std::string& name : names) {
    const auto part = filePart(name);
    models.try_emplace(part ? part->prefix : name, part ? partName(*part, 1) : name);
  }
  if (models.empty()) {
    if (everything.empty()) return fail(ErrorCode::not_found, "There is no GGUF file.");
    return fail(ErrorCode::unsupported,
                fmt::format("{} is no language model: a vision projector, an importance matrix or an adapter alone.",
                            everything.front()));
  }
  ChosenGguf out;
  const auto choose = [&](std::string_view word) {
    for (const auto& [prefix, name] : models)
      if (out.file.empty() && contains(name, lower(word))) out.file = name;
  };
  if (!tag.empty()) {
    choose(tag);
    if (out.file.empty()) {
      std::vector<std::string> there;
      for (const auto& [prefix, name] : models)
        if (there.size() < 12) there.push_back(name);
      return fail(ErrorCode::not_found,
                  fmt::format("No file is of the format {}; there are {}.", tag, fmt::join(there, ", ")));
    }
  } else {
    choose("Q4_K_M");
    if (out.file.empty()) out.file = models.begin()->second;
    for (const auto& [prefix, name] : models)
      if (name != out.file) out.others.push_back(name);
  }
  return out;
}

std::string choiceNote(const ChosenGguf& chosen) {
  if (chosen.others.empty()) return {};
  constexpr std::size_t kNamed = 6;
  std::vector<std::string> named(chosen.others.begin(), chosen.others.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                                    kNamed, chosen.others.size())));
  if (chosen.others.size() > kNamed) named.emplace_back("…");
  return fmt::format("Of several files {} is taken; {} are there too: name the one that is meant.", chosen.file,
                     fmt::join(named, ", "));
}

}  // namespace headroom
