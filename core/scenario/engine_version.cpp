#include "core/scenario/engine_version.h"

#include <algorithm>
#include <charconv>

#include "core/scenario/scenario.h"

namespace headroom {
namespace {

struct PackageName {
  std::string_view name;
  Package package;
};
using enum Package;
constexpr std::array kNames{
    PackageName{"transformers", transformers},
    PackageName{"trl", trl},
    PackageName{"peft", peft},
    PackageName{"torch", torch},
    PackageName{"pytorch", torch},
    PackageName{"accelerate", accelerate},
    PackageName{"deepspeed", deepspeed},
    PackageName{"bitsandbytes", bitsandbytes},
    PackageName{"bnb", bitsandbytes},
    PackageName{"litgpt", litgpt},
    PackageName{"lit-gpt", litgpt},
    PackageName{"torchtune", torchtune},
    PackageName{"torchtitan", torchtitan},
    PackageName{"torchao", torchao},
    PackageName{"axolotl", axolotl},
    PackageName{"llamafactory", llama_factory},
    PackageName{"llama-factory", llama_factory},
    PackageName{"llama_factory", llama_factory},
    PackageName{"ms-swift", ms_swift},
    PackageName{"ms_swift", ms_swift},
    PackageName{"swift", ms_swift},
    PackageName{"unsloth", unsloth},
    PackageName{"megatron-core", megatron_core},
    PackageName{"megatron_core", megatron_core},
    PackageName{"megatron", megatron_core},
    PackageName{"megatron-lm", megatron_core},
    PackageName{"nemo", nemo},
    // Their releases change nothing that is accounted for.
    PackageName{"cuda", other},
    PackageName{"rocm", other},
    PackageName{"python", other},
    PackageName{"triton", other},
    PackageName{"flash-attn", other},
    PackageName{"flash_attn", other},
    PackageName{"xformers", other},
    PackageName{"liger-kernel", other},  // its own table reads it (liger.cpp)
    PackageName{"liger_kernel", other},
    PackageName{"liger", other},
    PackageName{"transformer-engine", other},
    PackageName{"transformerengine", other},
    PackageName{"lightning", other},
    PackageName{"datasets", other},
    PackageName{"tokenizers", other},
};

// Releases counted in years; anything else of that size is a date, and no release.
constexpr int kYear = 2000;
bool countsYears(Package p) {
  return p == unsloth || p == unknown;
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool startsVersion(std::string_view token) {
  return !token.empty() && (isDigit(token[0]) || (token.size() > 1 && (token[0] | 0x20) == 'v' && isDigit(token[1])));
}

// Words up to a blank, a bracket or a comma; "=" parts a name from its release.
std::string_view nextToken(std::string_view& rest) {
  constexpr std::string_view kBetween = " \t,;()=|@:";
  rest.remove_prefix(std::min(rest.find_first_not_of(kBetween), rest.size()));
  const std::string_view token = rest.substr(0, rest.find_first_of(kBetween));
  rest.remove_prefix(token.size());
  return token;
}

EngineVersion release(std::string_view token, Package package) {
  const EngineVersion v = engineVersion(token);
  return v.major >= kYear && !countsYears(package) ? EngineVersion{} : v;
}

}  // namespace

bool EngineVersion::within(std::string_view from, std::string_view end) const {
  return known && !from.empty() && !before(engineVersion(from)) && before(engineVersion(end));
}

EngineVersion engineVersion(std::string_view printed) {
  EngineVersion v;
  const std::size_t start = printed.find_first_of("0123456789");
  if (start == std::string_view::npos) return v;
  const char* at = printed.data() + start;
  const char* const end = printed.data() + printed.size();
  int* const parts[] = {&v.major, &v.minor, &v.patch};
  int read = 0;
  for (int* part : parts) {
    const auto [next, error] = std::from_chars(at, end, *part);
    if (error != std::errc()) break;
    ++read;
    at = next;
    if (at == end || (*at != '.' && *at != '-')) break;
    ++at;
  }
  v.known = read >= 2;
  return v;
}

Package packageOf(std::string_view name) {
  const auto at = std::ranges::find_if(kNames, [&](const PackageName& n) { return sameName(n.name, name); });
  return at == kNames.end() ? unknown : at->package;
}

PrintedPackage nextPackage(std::string_view& rest) {
  PrintedPackage out;
  std::string_view token = nextToken(rest);
  if (token.empty()) return out;
  out.text = token;
  if (startsVersion(token)) {
    out.version = release(token, unknown);
    return out;
  }
  out.named = true;
  out.package = packageOf(token);
  if (out.package == unknown) {
    // "torch2.9", "transformers-4.57": a name with its release in one word.
    const auto joined = std::ranges::find_if(kNames, [&](const PackageName& n) {
      if (token.size() <= n.name.size() || !sameName(token.substr(0, n.name.size()), n.name)) return false;
      std::string_view tail = token.substr(n.name.size());
      if (tail[0] == '-' || tail[0] == '_') tail.remove_prefix(1);
      return startsVersion(tail);
    });
    if (joined != kNames.end()) {
      out.package = joined->package;
      out.version = release(token.substr(joined->name.size()), out.package);
      return out;
    }
  }
  std::string_view after = rest;
  if (const std::string_view next = nextToken(after); startsVersion(next)) {
    out.version = release(next, out.package);
    out.text = std::string_view(token.data(), static_cast<std::size_t>(next.data() + next.size() - token.data()));
    rest = after;
  }
  return out;
}

PackageVersions packageVersions(std::string_view printed, Package own) {
  PackageVersions out;
  while (true) {
    const PrintedPackage p = nextPackage(printed);
    if (p.text.empty()) return out;
    const Package package = p.named ? p.package : own;
    const bool date = !p.named && p.version.major >= kYear && !countsYears(own);
    if (p.version.known && !date && static_cast<std::size_t>(package) < kPackages)
      out.of[static_cast<std::size_t>(package)] = p.version;
  }
}

EngineVersion versionOf(const PackageVersions& versions, Package package) {
  return static_cast<std::size_t>(package) < kPackages ? versions[package] : EngineVersion{};
}

EngineVersion versionOf(std::string_view printed, std::string_view name) {
  return versionOf(packageVersions(printed, unknown), packageOf(name));
}

}  // namespace headroom
