#include "core/estimate/training/replay/tape.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace headroom::training {

// ---- variables

Var::Var(const Var& other) : tape_(other.tape_), tensor_(other.tensor_) {
  if (tape_ != nullptr) ++tape_->tensors_[static_cast<std::size_t>(tensor_)].refs;
}

Var& Var::operator=(Var other) noexcept {
  std::swap(tape_, other.tape_);
  std::swap(tensor_, other.tensor_);
  return *this;
}

void Var::reset() {
  if (tape_ == nullptr) return;
  Tape* tape = std::exchange(tape_, nullptr);
  tape->dropTensor(tensor_);
}

double Var::width() const {
  return tape_->tensors_[static_cast<std::size_t>(tensor_)].width;
}
const Extent& Var::extent() const {
  return tape_->tensors_[static_cast<std::size_t>(tensor_)].extent;
}
bool Var::needsGrad() const {
  return tape_ != nullptr && tape_->tensors_[static_cast<std::size_t>(tensor_)].node >= 0;
}

// ---- sizes

std::uint8_t Tape::dim(double value) {
  dims_.push_back(value);
  return static_cast<std::uint8_t>(dims_.size() - 1);
}

Extent Tape::extent(std::initializer_list<std::uint8_t> dims, double count) const {
  Extent e;
  e.count = e.elements = count;
  std::size_t i = 0;
  for (const std::uint8_t d : dims) {
    e.dims[i++] = d;
    e.elements *= dims_[d];
  }
  return e;
}

Extent Tape::scaled(Extent extent, double count) const {
  extent.count *= count, extent.elements *= count;
  return extent;
}

Extent Tape::without(Extent extent, std::uint8_t dim) const {
  return replaced(extent, dim, 0);
}

Extent Tape::replaced(Extent extent, std::uint8_t dim, std::uint8_t by) const {
  const double to = by != 0 ? valueOf(by) : 1;
  extent.elements = extent.elements / valueOf(dim) * to;
  for (auto& d : extent.dims)
    if (d == dim) {
      d = by;
      return extent;
    }
  extent.count = extent.count / valueOf(dim) * to;
  return extent;
}

Phase Tape::peakPhase() const {
  const auto heaviest = std::ranges::max_element(phasePeaks_);
  return static_cast<Phase>(heaviest - phasePeaks_.begin());
}

// ---- storages

void Tape::restart() {
  // What holds variables goes while there are tensors to let go of, one by one: the end of a variable may end another
  // function of the same list.
  const auto end = [](auto& function) { const auto gone = std::exchange(function, nullptr); };
  for (auto& function : functions_) end(function);
  for (auto& [node, hook] : hooks_) end(hook);
  for (Frame& frame : frames_) end(frame.recompute);
  functions_.clear(), hooks_.clear(), frames_.clear();
  nodes_.clear();
  storages_.clear(), tensors_.clear(), freeTensors_.clear();
  terms_.clear(), copies_.clear(), units_.clear();
  for (std::vector<double>& copies : phaseCopies_) copies.clear();
  std::ranges::fill(buckets_, -1);
  phasePeaks_.fill(0);
  dims_.assign(1, 0);
  alive_ = 0;
  phase_ = Phase::rest;
  recording_ = true, muted_ = offloading_ = dropsWhole_ = false;
  packing_ = filling_ = -1;
  unit_ = inside_ = -1;
  events_ = nullptr, stream_ = 0;
  counts_ = true;
}

std::int32_t Tape::termOf(const What& what, const Extent& extent, double width) {
  std::uint64_t hash = std::bit_cast<std::uint64_t>(extent.elements) * 0x9E3779B97F4A7C15U;
  hash ^= reinterpret_cast<std::uintptr_t>(what.label) * 0xC2B2AE3D27D4EB4FU;
  hash ^= std::bit_cast<std::uint64_t>(width) + static_cast<std::uint64_t>(what.component);
  for (std::size_t slot = (hash >> 32U) & 511U;; slot = (slot + 1) & 511U) {
    std::int32_t& index = buckets_[slot];
    if (index < 0) {
      index = static_cast<std::int32_t>(terms_.size());
      terms_.push_back({what, extent, width, 0});
      copies_.push_back(0);
      return index;
    }
    const Term& t = terms_[static_cast<std::size_t>(index)];
    if (t.what.label == what.label && t.what.component == what.component && t.width == width && t.extent == extent)
      return index;
  }
}

void Tape::add(std::int32_t term, double copies, double bytes) {
  if (counts_) copies_[static_cast<std::size_t>(term)] += copies;
  alive_ += copies * bytes;
}

void Tape::seen() {
  if (!counts_) return;
  const auto phase = static_cast<std::size_t>(phase_);
  if (alive_ > phasePeaks_[phase]) phasePeaks_[phase] = alive_, phaseCopies_[phase] = copies_;
  if (inside_ >= 0 && alive_ > insidePeak_) insidePeak_ = alive_, insidePhase_ = phase_, insideCopies_ = copies_;
}

void Tape::forgetPeaks() {
  phasePeaks_.fill(0);
  for (std::vector<double>& copies : phaseCopies_) copies.clear();
  seen();
}

namespace {
// A storage of more than 16 TiB is one of 16 TiB to the allocator: no device holds it, and sums of events stay in
// range.
std::int64_t eventOf(double bytes) {
  constexpr double kMost = 0x1p44;
  return static_cast<std::int64_t>(std::clamp(bytes, 0.0, kMost));
}
}  // namespace

std::int32_t Tape::store(const Extent& extent, double width, const What& what) {
  if (muted_) width = 0;
  Storage s;
  s.bytes = extent.elements * width;
  if (counts_) s.term = termOf(what, extent, width);
  if (unit_ >= 0) s.unit = unit_ + 1;
  storages_.push_back(s);
  if (events_ != nullptr) events_->push_back(eventOf(s.bytes) | stream_);
  add(s.term, 1, s.bytes);
  seen();
  return static_cast<std::int32_t>(storages_.size() - 1);
}

std::int32_t Tape::come(double bytes) {
  if (events_ == nullptr || bytes <= 0) return -1;
  storages_.emplace_back();
  events_->push_back(eventOf(bytes) | stream_);
  return static_cast<std::int32_t>(storages_.size() - 1);
}

void Tape::go(std::int32_t storage) {
  if (events_ != nullptr && storage >= 0) events_->push_back(released(storage));
}

void Tape::drop(std::int32_t storage) {
  Storage& s = storages_[static_cast<std::size_t>(storage)];
  if (--s.refs > 0) return;
  go(storage);
  // Of a repeated layer's storages one goes; the others go with the layers they stand for, in closeUnit or leaveUnit.
  const bool pending =
      !dropsWhole_ && (unit_ >= 0 || inside_ >= 0 ||
                       (s.unit > 0 && !units_[static_cast<std::size_t>(s.unit - 1)].done && phase_ == Phase::backward));
  add(s.term, pending ? -1 : -s.times, s.bytes);
}

std::int32_t Tape::tensor(std::int32_t storage, const Extent& extent, double width, std::int32_t node) {
  hold(storage);
  holdNode(node);
  const Tensor t{extent, width, storage, node, 1, false};
  if (!freeTensors_.empty()) {
    const std::int32_t index = freeTensors_.back();
    freeTensors_.pop_back();
    tensors_[static_cast<std::size_t>(index)] = t;
    return index;
  }
  tensors_.push_back(t);
  return static_cast<std::int32_t>(tensors_.size() - 1);
}

void Tape::dropTensor(std::int32_t tensor) {
  Tensor& t = tensors_[static_cast<std::size_t>(tensor)];
  if (--t.refs > 0) return;
  const std::int32_t storage = t.storage, node = t.node;
  freeTensors_.push_back(tensor);
  drop(storage);
  dropNode(node);
}

void Tape::dropNode(std::int32_t node) {
  if (node < 0) return;
  Node& n = nodes_[static_cast<std::size_t>(node)];
  if (--n.refs > 0) return;
  releaseSaved(n);
  leaveFrame(n);
  const Var gradient = std::move(n.gradient);
  std::array<std::int32_t, 5> behind{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < n.edgeCount; ++i)
    if (n.edges[i].node >= 0) behind[count++] = n.edges[i].node;
  n.edgeCount = 0;
  for (std::size_t i = 0; i < count; ++i) dropNode(behind[i]);
}

void Tape::releaseSaved(Node& node) {
  for (std::size_t i = 0; i < node.savedCount; ++i) drop(node.saved[i]);
  node.savedCount = 0;
  if (node.function >= 0) functions_[static_cast<std::size_t>(node.function)] = nullptr;
}

bool Tape::alone(const Var& v) const {
  const Tensor& t = tensors_[static_cast<std::size_t>(v.tensor_)];
  return t.refs == 1 && !t.based && storages_[static_cast<std::size_t>(t.storage)].refs == 1;
}

// ---- operators

Var Tape::make(const Extent& extent, double width, const What& what) {
  const std::int32_t storage = store(extent, width, what);
  return {this, tensor(storage, extent, width, -1)};
}

Var Tape::view(const Var& input, const Extent& extent) {
  const Tensor t = tensors_[static_cast<std::size_t>(input.tensor_)];
  return {this, tensor(t.storage, extent, t.width, t.node)};
}

Var Tape::detach(const Var& input) {
  const Tensor t = tensors_[static_cast<std::size_t>(input.tensor_)];
  return {this, tensor(t.storage, t.extent, t.width, -1)};
}

Var Tape::leaf(const Var& input) {
  Node node;
  node.leaf = true;
  nodes_.push_back(std::move(node));
  const Tensor t = tensors_[static_cast<std::size_t>(input.tensor_)];
  return {this, tensor(t.storage, t.extent, t.width, static_cast<std::int32_t>(nodes_.size() - 1))};
}

Var Tape::apply(const Operator& op) {
  const auto storageOf = [&](const Var& v) { return tensors_[static_cast<std::size_t>(v.tensor_)].storage; };
  Node node;
  bool readsParameter = false, feeds = false;
  if (recording_)
    for (const Input& in : op.inputs) {
      Edge edge;
      edge.gradient = in.gradient;
      if (in.gradient == Gradient::none) continue;
      if (in.parameter != nullptr) {
        readsParameter = true;
        if (!in.parameter->trains) continue;
        edge.parameter = in.parameter, edge.extent = in.parameter->extent, edge.width = in.parameter->gradWidth;
      } else {
        if (in.var == nullptr || !in.var->needsGrad()) continue;
        const Tensor& t = tensors_[static_cast<std::size_t>(in.var->tensor_)];
        edge.node = t.node, edge.extent = t.extent, edge.width = t.width;
        if (in.gradient == Gradient::over)
          for (auto v = op.saved.begin(); v != op.saved.end() && *v != in.var; ++v) ++edge.place;
        feeds = true;
      }
      node.edges[node.edgeCount++] = edge;
    }
  // Inputs are saved before the operator runs; so is the weight that the gradient of an input needs.
  if (node.edgeCount > 0) {
    for (const Var* v : op.saved)
      if (v != nullptr && *v) save(node, storageOf(*v));
    if (readsParameter && feeds && (packing_ >= 0 || filling_ >= 0)) save(node, kNothing);
  }
  const std::int32_t storage = op.inPlace ? storageOf(*op.inputs.begin()->var) : store(op.extent, op.width, op.what);
  if (node.edgeCount == 0) return {this, tensor(storage, op.extent, op.width, -1)};
  for (std::size_t i = 0; i < node.edgeCount; ++i) holdNode(node.edges[i].node);
  if (op.savesResult) save(node, storage);
  node.extent = op.extent, node.width = op.width, node.work = op.work, node.inner = op.inner,
  node.together = op.together;
  node.ofLogits = op.what.component == ComponentId::logits;
  for (std::size_t i = 0; i < node.edgeCount && !node.ofLogits; ++i)  // the loss itself
    node.ofLogits = node.edges[i].node >= 0 && nodes_[static_cast<std::size_t>(node.edges[i].node)].ofLogits;
  nodes_.push_back(std::move(node));
  return {this, tensor(storage, op.extent, op.width, static_cast<std::int32_t>(nodes_.size() - 1))};
}

// ---- checkpointing

void Tape::pack(std::function<void()> recompute) {
  packing_ = static_cast<std::int32_t>(frames_.size());
  frames_.push_back({std::move(recompute), {}, 0, false});
}

// Keeps a storage for the node's backward, or counts it, or hands it to the frame that is being filled.
void Tape::save(Node& node, std::int32_t storage) {
  if (packing_ >= 0) {
    Frame& frame = frames_[static_cast<std::size_t>(packing_)];
    if (node.frame < 0) {
      node.frame = packing_, node.firstPacked = static_cast<std::int32_t>(frame.stored.size());
      ++frame.nodes;
    }
    ++node.packed;
    frame.stored.push_back(kNothing);
    return;
  }
  if (filling_ >= 0) {
    Frame& frame = frames_[static_cast<std::size_t>(filling_)];
    if (filled_ < frame.stored.size()) {
      std::int32_t& slot = frame.stored[filled_++];
      // A graph that was dropped in the forward pass now lives as long as what it made.
      if (storage >= 0 && !muted_) hold((slot != kDead ? slot : node.saved[node.savedCount++]) = storage);
    }
    if (filled_ == frame.stored.size()) muted_ = true;
    return;
  }
  // torchtune/training/_activation_offloading.py: tensors of 1 KiB or more.
  if (const double bytes = storages_[static_cast<std::size_t>(storage)].bytes; offloading_ && bytes >= 1024) {
    node.fetched += bytes;
    return;
  }
  hold(node.saved[node.savedCount++] = storage);
}

void Tape::fill(std::int32_t index) {
  frames_[static_cast<std::size_t>(index)].full = true;
  filling_ = index, filled_ = 0;
  const auto recompute = frames_[static_cast<std::size_t>(index)].recompute;
  recompute();
  filling_ = -1;
  muted_ = false;
}

void Tape::leaveFrame(Node& node) {
  if (node.frame < 0) return;
  Frame& frame = frames_[static_cast<std::size_t>(node.frame)];
  node.frame = -1;
  for (std::int32_t i = node.firstPacked; i < node.firstPacked + node.packed; ++i) {
    std::int32_t& slot = frame.stored[static_cast<std::size_t>(i)];
    if (slot >= 0) drop(slot);
    slot = kDead;
  }
  if (--frame.nodes == 0 && frame.full) frame.recompute = nullptr;
}

// ---- functions

Var Tape::custom(const Var& result, const Var& input, std::initializer_list<const Var*> saved,
                 std::function<Var(Var)> backward) {
  return custom(result, {&input}, saved, [backward = std::move(backward)](Var gradient) {
    Gradients gradients;
    gradients[0] = backward(std::move(gradient));
    return gradients;
  });
}

Var Tape::custom(const Var& result, std::initializer_list<const Var*> inputs, std::initializer_list<const Var*> saved,
                 std::function<Gradients(Var)> backward) {
  Node node;
  const Tensor out = tensors_[static_cast<std::size_t>(result.tensor_)];
  for (const Var* v : inputs) {
    const Tensor& in = tensors_[static_cast<std::size_t>(v->tensor_)];
    node.edges[node.edgeCount++] = {in.node, nullptr, Gradient::pass, in.extent, in.width};
    holdNode(in.node);
  }
  for (const Var* v : saved)
    if (v != nullptr && *v) save(node, tensors_[static_cast<std::size_t>(v->tensor_)].storage);
  node.extent = out.extent, node.width = out.width;
  functions_.push_back(std::move(backward));
  node.function = static_cast<std::int32_t>(functions_.size() - 1);
  nodes_.push_back(std::move(node));
  return {this, tensor(out.storage, out.extent, out.width, static_cast<std::int32_t>(nodes_.size() - 1))};
}

}  // namespace headroom::training
