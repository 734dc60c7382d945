// What an engine's printed version says: one release, or the releases of several packages ("transformers 4.57.6, peft
// 0.18.0, torch 2.9.1+cu128"). What cannot be read counts as the newest known, and is said (diagnose_keys.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace headroom {

// Version of an engine as far as its rules depend on it: "v0.11.2rc1+rhai0.cuda" is 0.11; absent or unreadable is the
// newest known, and `known` is false.
struct EngineVersion {
  int major = 0, minor = 0, patch = 0;
  bool known = false;
  bool operator==(const EngineVersion&) const = default;
  bool before(int maj, int min, int pat = 0) const {
    if (!known) return false;
    return major != maj ? major < maj : minor != min ? minor < min : patch < pat;
  }
  // Never before an unknown release.
  bool before(const EngineVersion& o) const {
    return o.known && (before(o.major, o.minor) || (known && major == o.major && minor == o.minor && patch < o.patch));
  }
  // From one release on and before another one; never an unknown release, nor any of an empty range.
  bool within(std::string_view from, std::string_view end) const;
};
EngineVersion engineVersion(std::string_view printed);

// Packages whose releases decide what a training step does; `other` is known by name and decides nothing.
enum class Package : std::uint8_t {
  transformers,
  trl,
  peft,
  torch,
  accelerate,
  deepspeed,
  bitsandbytes,
  litgpt,
  torchtune,
  torchtitan,
  torchao,
  axolotl,
  llama_factory,
  ms_swift,
  unsloth,
  megatron_core,
  nemo,
  other,
  unknown
};
constexpr std::size_t kPackages = static_cast<std::size_t>(Package::other);

// The package of a name or one of its spellings ("pytorch", "llamafactory"), in either case.
Package packageOf(std::string_view name);

// The next package of a printed text, with its release where one can be read; `rest` is what comes after it. A bare
// number is a release without a name. `text` is empty at the end.
struct PrintedPackage {
  std::string_view text;  // as it was printed
  Package package = Package::unknown;
  EngineVersion version;
  bool named = false;
};
PrintedPackage nextPackage(std::string_view& rest);

// The releases of all packages of a text; a bare number is the release of `own`. Allocates nothing.
struct PackageVersions {
  std::array<EngineVersion, kPackages> of{};
  bool operator==(const PackageVersions&) const = default;
  const EngineVersion& operator[](Package p) const { return of[static_cast<std::size_t>(p)]; }
};
PackageVersions packageVersions(std::string_view printed, Package own);
// Of one of them; unknown for a package without one.
EngineVersion versionOf(const PackageVersions& versions, Package package);

// The version printed behind a name: versionOf("transformers 4.57.1, trl 0.24.0", "trl") is 0.24; unknown where it is
// not.
EngineVersion versionOf(std::string_view printed, std::string_view name);

}  // namespace headroom
