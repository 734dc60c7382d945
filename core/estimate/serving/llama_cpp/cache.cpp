#include "core/estimate/serving/llama_cpp/cache.h"

#include <list>
#include <mutex>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace headroom::llama {
namespace {

// The most recently used entries of a map. Of keys with one hash it holds the newest.
template <typename Key, typename Value, std::size_t kMost>
class Recent {
 public:
  template <typename Matches>
  std::optional<Value> find(std::size_t hash, Matches matches) {
    const std::scoped_lock lock(mutex_);
    const auto at = places_.find(hash);
    if (at == places_.end() || !matches(at->second->key)) return std::nullopt;
    entries_.splice(entries_.begin(), entries_, at->second);
    return at->second->value;
  }
  void put(std::size_t hash, Key key, Value value) {
    const std::scoped_lock lock(mutex_);
    if (const auto known = places_.find(hash); known != places_.end()) entries_.erase(known->second);
    entries_.push_front({hash, std::move(key), std::move(value)});
    places_[hash] = entries_.begin();
    if (entries_.size() <= kMost) return;
    places_.erase(entries_.back().hash);
    entries_.pop_back();
  }

 private:
  struct Entry {
    std::size_t hash;
    Key key;
    Value value;
  };
  std::mutex mutex_;
  std::list<Entry> entries_;
  std::unordered_map<std::size_t, typename std::list<Entry>::iterator> places_;
};

class Hash {
 public:
  template <typename T>
  void add(const T& part) {
    value_ = (value_ ^ std::hash<T>()(part)) * 0x9E3779B97F4A7C15U;
    value_ ^= value_ >> 29U;
  }
  template <typename... Parts>
  void add(const std::tuple<Parts...>& parts) {
    std::apply([this](const Parts&... part) { (add(part), ...); }, parts);
  }
  std::size_t value() const { return value_; }

 private:
  std::size_t value_ = 0;
};

struct FileKey {
  std::weak_ptr<const Model> model;
  WeightFormat format;
  bool halves, nextToken;
};

// Formats llama.cpp has no file type for are taken as the half-precision conversion.
GgufFileType fileTypeOf(const Model& model, const WeightFormat& format) {
  if (const auto* type = std::get_if<GgufFileType>(&format)) return *type;
  const auto* number = std::get_if<NumberFormat>(&format);
  if (number != nullptr)
    if (const auto type = ggufFileTypeOf(*number)) return *type;
  return ggufFileTypeOf(model.dtype).value_or(GgufFileType::F16);
}

std::shared_ptr<const File> makeFile(const Model& model, const WeightFormat& format, bool halves, bool nextToken) {
  auto file = std::make_shared<File>();
  file->inventory = ggufInventory(model, halves, nextToken);
  const bool stored = std::holds_alternative<AsStored>(format) && model.storedBytes && model.source.ends_with(".gguf");
  file->tensors = stored ? ggufAsStored(file->inventory) : ggufMix(file->inventory, fileTypeOf(model, format));
  file->firstOfLayer.assign(file->inventory.order.size() + 1, file->tensors.size());
  for (std::size_t i = file->tensors.size(); i-- > 0;)
    if (file->tensors[i].layer >= 0) file->firstOfLayer[static_cast<std::size_t>(file->tensors[i].layer)] = i;
  for (const GgufStored& t : file->tensors) file->bytes += t.bytes;
  file->traits = traitsOf(model, file->inventory);
  return file;
}

struct RunKey {
  std::weak_ptr<const File> file;
  std::vector<std::int8_t> layerBackend;
  std::tuple<int, double, int, std::int64_t, bool> machine;
  BuildRules rules;
  std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, bool, bool, bool, bool,
             NumberFormat, NumberFormat>
      shape;
  std::tuple<bool, bool, std::int64_t, bool, bool, std::int64_t> rest;
  std::string placed;  // tensors placed by name
};

RunKey keyOf(const std::shared_ptr<const File>& file, const Run& r) {
  return {
      file,
      r.layerBackend,
      {r.backends.devices, kernelClass(r.backends.computeCapability), r.backends.copies, r.expertLayersOnHost,
       r.backends.metal},
      r.backends.rules,
      {r.ubatch, r.sequences, r.outputs, r.cells, r.windowCells, r.streams, r.flash, r.transposed, r.kvOnHost,
       r.wholeOffload, r.kv.k, r.kv.v},
      {r.loadsNextToken, r.nextToken, r.rollback, r.inputsOutside, r.backends.offloadsOperations, r.denseLayersOnHost},
      r.overrides == nullptr ? std::string() : r.overrides->text()};
}

std::size_t hashOf(const RunKey& key, const File* file) {
  Hash hash;
  hash.add(file), hash.add(key.machine), hash.add(key.shape), hash.add(key.rest),
      hash.add(std::string_view(key.placed));
  hash.add(std::string_view(reinterpret_cast<const char*>(key.layerBackend.data()), key.layerBackend.size()));
  return hash.value();
}

template <typename T>
bool sameOwner(const std::weak_ptr<const T>& a, const std::shared_ptr<const T>& b) {
  return !a.expired() && !a.owner_before(b) && !b.owner_before(a);
}

// How long the context is has no say in it, so that a context slider asks once.
Run ofAnyContext(Run run) {
  run.cells = run.windowCells = 256;
  run.ubatch = run.outputs = run.sequences;
  return run;
}

template <typename Value, std::size_t kMost, typename Make>
Value remembered(Recent<RunKey, Value, kMost>& recent, const std::shared_ptr<const File>& file, const Run& run,
                 Make make) {
  RunKey key = keyOf(file, run);
  const std::size_t hash = hashOf(key, file.get());
  const auto known = recent.find(hash, [&](const RunKey& k) {
    return k.shape == key.shape && k.rest == key.rest && k.machine == key.machine && k.rules == key.rules &&
           k.layerBackend == key.layerBackend && k.placed == key.placed && !k.file.owner_before(key.file) &&
           !key.file.owner_before(k.file);
  });
  if (known) return *known;
  Value made = make();
  recent.put(hash, std::move(key), made);
  return made;
}

}  // namespace

std::shared_ptr<const File> fileOf(const std::shared_ptr<const Model>& model, const WeightFormat& format, bool halves,
                                   bool nextToken) {
  static Recent<FileKey, std::shared_ptr<const File>, 16> recent;
  Hash hash;
  hash.add(model.get()), hash.add(format.index()), hash.add(halves), hash.add(nextToken);
  if (const auto* number = std::get_if<NumberFormat>(&format)) hash.add(*number);
  if (const auto* type = std::get_if<GgufFileType>(&format)) hash.add(*type);
  const auto known = recent.find(hash.value(), [&](const FileKey& k) {
    return k.halves == halves && k.nextToken == nextToken && k.format == format && sameOwner(k.model, model);
  });
  if (known) return *known;
  auto file = makeFile(*model, format, halves, nextToken);
  recent.put(hash.value(), {model, format, halves, nextToken}, file);
  return file;
}

FlashPlace cachedFlashPlace(const std::shared_ptr<const File>& file, const Run& asked) {
  static Recent<RunKey, FlashPlace, 1024> recent;
  Run run = ofAnyContext(asked);
  run.flash = true, run.transposed = false;
  return remembered(recent, file, run, [&] { return flashPlace(run); });
}

ComputeBuffers cachedComputeBuffers(const std::shared_ptr<const File>& file, const Run& run) {
  static Recent<RunKey, ComputeBuffers, 1024> recent;
  return remembered(recent, file, run, [&] { return computeBuffers(run); });
}

std::shared_ptr<const PlacedWeights> cachedPlacedWeights(const std::shared_ptr<const File>& file, const Run& asked) {
  static Recent<RunKey, std::shared_ptr<const PlacedWeights>, 1024> recent;
  const Run run = ofAnyContext(asked);
  return remembered(recent, file, run,
                    [&] { return std::make_shared<const PlacedWeights>(placedWeights(run, false)); });
}

}  // namespace headroom::llama
