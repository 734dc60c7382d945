// What people call an accelerator, and which one that is.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/base/nearest.h"
#include "core/base/printable.h"
#include "core/hardware/accelerator.h"

namespace headroom {

std::string acceleratorSlug(std::string_view name) {
  static constexpr std::string_view kBrands[] = {"nvidia", "geforce", "amd", "instinct",
                                                 "intel",  "r",       "tm",  "graphics"};
  std::string out, word;
  const auto flush = [&] {
    if (!word.empty() && std::ranges::find(kBrands, word) == std::end(kBrands)) {
      if (!out.empty()) out += '-';
      out += word;
    }
    word.clear();
  };
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else
      flush();
  }
  flush();
  return out;
}

namespace {

// Every entry's names as slugs: its id, its name, its aliases.
struct Names {
  std::vector<std::pair<std::string, const Accelerator*>> all;
  std::unordered_map<std::string, const Accelerator*> exact;  // an id wins over the names of others

  Names() {
    for (const Accelerator& a : accelerators()) all.emplace_back(a.id, &a);
    for (const Accelerator& a : accelerators()) {
      all.emplace_back(acceleratorSlug(a.name), &a);
      for (const std::string& alias : a.aliases) all.emplace_back(acceleratorSlug(alias), &a);
    }
    for (const auto& [name, entry] : all) exact.emplace(name, entry);
  }
  const Accelerator* find(const std::string& name) const {
    const auto it = exact.find(name);
    return it == exact.end() ? nullptr : it->second;
  }
};

const Names& names() {
  static const Names kNames;
  return kNames;
}

constexpr std::size_t kLongestId = 80;  // a longer one is no accelerator's and not worth comparing

// Whether the words of `part` stand one after the other in `name`.
bool holdsWords(std::string_view name, std::string_view part) {
  for (std::size_t at = 0; (at = name.find(part, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + part.size();
    if ((at == 0 || name[at - 1] == '-') && (end == name.size() || name[end] == '-')) return true;
  }
  return false;
}

// A number that is not a size of memory: what tells one card from another.
bool hasModelNumber(std::string_view key) {
  const auto isDigit = [](unsigned char c) { return std::isdigit(c) != 0; };
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t end = std::min(key.find('-', at), key.size());
    const std::string_view word = key.substr(at, end - at);
    const bool size = word.ends_with("gb") && std::ranges::all_of(word.substr(0, word.size() - 2), isDigit);
    if (!size && std::ranges::any_of(word, isDigit)) return true;
    at = end + 1;
  }
  return false;
}

// The one card that a part of a name means: "4090" is the RTX 4090, whose other forms (4090 D, 4090 Laptop) say more.
// Nothing where several cards, none of them the others' plain form, are called so: "6000". A user's own cards leave the
// parts of the catalogue's names alone.
const Accelerator* byPart(std::string_view key) {
  if (key.size() < 3 || !hasModelNumber(key)) return nullptr;
  std::vector<std::pair<std::string_view, const Accelerator*>> holding;
  const auto hold = [&](bool own) {
    for (const auto& [name, entry] : names().all)
      if (entry->own == own && holdsWords(name, key)) holding.emplace_back(name, entry);
  };
  hold(false);
  if (holding.empty()) hold(true);
  const Accelerator* plain = nullptr;
  for (const auto& [name, entry] : holding) {
    if (!name.ends_with(key)) continue;
    if (plain != nullptr && plain != entry) return nullptr;
    plain = entry;
  }
  if (plain == nullptr && !holding.empty()) plain = holding.front().second;
  const auto isForm = [&](std::string_view name) {
    return std::ranges::any_of(holding, [&](const auto& h) {
      return h.second == plain && h.first.ends_with(key) && name.starts_with(h.first);
    });
  };
  const bool clear = std::ranges::all_of(holding, [&](const auto& h) { return h.second == plain || isForm(h.first); });
  return clear ? plain : nullptr;
}

// "rtx-4090-48gb" parted into the card and its size; a size of 0 where the id ends otherwise.
std::pair<std::string_view, int> withoutSize(std::string_view key) {
  constexpr int kMostGb = 2048;
  const std::size_t dash = key.rfind('-');
  if (dash == std::string_view::npos || !key.ends_with("gb")) return {key, 0};
  const std::string_view digits = key.substr(dash + 1, key.size() - dash - 3);
  int size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (error != std::errc() || end != digits.data() + digits.size() || size < 1 || size > kMostGb) return {key, 0};
  return {key.substr(0, dash), size};
}

// A name without the words that tell forms of one card apart (its size, its socket), and whether it says a size.
std::pair<std::string, bool> withoutForm(std::string_view key) {
  static constexpr std::string_view kForms[] = {"pcie", "sxm", "sxm2", "sxm3", "sxm4", "sxm5", "nvl"};
  std::string base;
  bool sized = false;
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t end = std::min(key.find('-', at), key.size());
    const std::string_view word = key.substr(at, end - at);
    const bool size = word.size() > 2 && word.ends_with("gb") && std::isdigit(static_cast<unsigned char>(word[0])) != 0;
    sized |= size;
    if (!size && std::ranges::find(kForms, word) == std::end(kForms)) {
      if (!base.empty()) base += '-';
      base += word;
    }
    at = end + 1;
  }
  return {base, sized};
}

// The entry a differently equipped device is like: the card itself, or the same chip with the nearest memory.
const Accelerator* likeOf(std::string_view base, int gb) {
  if (const Accelerator* known = names().find(std::string(base))) return known;
  if (const Accelerator* part = byPart(base)) return part;
  const Accelerator* nearest = nullptr;
  for (const Accelerator& a : accelerators()) {
    if (withoutSize(a.id).first != base || a.id == base) continue;
    if (nearest == nullptr || std::abs(a.printedGb - gb) < std::abs(nearest->printedGb - gb)) nearest = &a;
  }
  return nearest;
}

// The card with another memory size. Kept for good, so that pointers stay valid; sizes and cards are few.
const Accelerator* resized(std::string_view key) {
  const auto [base, gb] = withoutSize(key);
  const Accelerator* like = gb > 0 ? likeOf(base, gb) : nullptr;
  if (like == nullptr) return nullptr;
  static std::mutex guard;
  static std::map<std::string, Accelerator, std::less<>> known;
  const std::lock_guard lock(guard);
  if (const auto it = known.find(key); it != known.end()) return &it->second;
  Accelerator a = *like;
  a.id = key;
  a.name += " with " + std::to_string(gb) + " GB";
  a.aliases.clear();
  a.printedGb = gb;
  a.torchTotal.reset(), a.driverTotal.reset(), a.driverReserve.reset();
  // macOS wires two thirds up to 36 GB and three quarters above (gpustack/gguf-parser-go README).
  if (a.vendor == "Apple") a.usableFraction = gb <= 36 ? 2.0 / 3.0 : 0.75;
  return &known.emplace(key, std::move(a)).first->second;
}

}  // namespace

const Accelerator* findAccelerator(std::string_view id) {
  if (id.empty() || id.size() > kLongestId) return nullptr;
  const std::string key = acceleratorSlug(id);
  if (const Accelerator* known = names().find(key)) return known;
  // Drivers put more behind the name: "NVIDIA H100 80GB HBM3", "AMD Radeon RX 7900 XTX".
  if (key.starts_with("radeon-"))
    if (const Accelerator* known = names().find(key.substr(7))) return known;
  if (const Accelerator* part = byPart(key)) return part;
  return resized(key);
}

std::vector<const Accelerator*> otherSizes(std::string_view id) {
  const Accelerator* const found = findAccelerator(id);
  if (found == nullptr || found->own || found->id == id) return {};
  const auto [key, sized] = withoutForm(acceleratorSlug(id));
  const std::string base = withoutForm(found->id).first;
  if (sized || !holdsWords(base, key)) return {};
  static const std::vector<std::string> kBases = [] {  // of every entry
    std::vector<std::string> out;
    for (const Accelerator& a : accelerators()) out.push_back(withoutForm(a.id).first);
    return out;
  }();
  std::vector<const Accelerator*> others;
  for (std::size_t i = 0; i < kBases.size(); ++i) {
    const Accelerator& a = accelerators()[i];
    if (&a != found && !a.own && a.printedGb != found->printedGb && kBases[i] == base) others.push_back(&a);
  }
  return others;
}

std::vector<std::string_view> nearestAccelerators(std::string_view id, std::size_t count) {
  const std::string key = acceleratorSlug(id.substr(0, kLongestId));
  std::map<const Accelerator*, std::size_t> fewest;  // edits to the nearest of an entry's names
  for (const auto& [name, entry] : names().all) {
    const bool part = (key.size() > 2 && name.find(key) != std::string::npos) || holdsWords(key, name);
    const std::size_t edits = part ? 0 : editDistance(key, name);
    const auto at = fewest.emplace(entry, edits).first;
    at->second = std::min(at->second, edits);
  }
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  for (const Accelerator& a : accelerators())
    if (fewest[&a] <= std::max<std::size_t>(1, key.size() / 3)) ranked.emplace_back(fewest[&a], a.id);
  std::ranges::stable_sort(ranked, {}, [](const auto& r) { return r.first; });
  std::vector<std::string_view> nearest;
  for (std::size_t i = 0; i < std::min(count, ranked.size()); ++i) nearest.push_back(ranked[i].second);
  return nearest;
}

std::string unknownAccelerator(std::string_view id) {
  // A slider asks again and again for the same one, and the distances to all names take half a millisecond.
  thread_local std::string last, sentence;
  if (id == last && !sentence.empty()) return sentence;
  std::vector<std::string> near;
  for (const std::string_view known : nearestAccelerators(id))
    near.push_back(fmt::format("{} ({})", known, names().find(std::string(known))->name));
  last = id;
  return sentence = fmt::format(
             "The accelerator '{}' is not in the catalogue, so there is no capacity to compare with.{} A size "
             "works too (--gpu 24GiB, \"memory_bytes\" in a file); `headroom-cli gpus` lists what is known.",
             printable(id, kLongestId), near.empty() ? "" : fmt::format(" Near: {}.", fmt::join(near, ", ")));
}

}  // namespace headroom
