// The tape: a training step replayed on tensors that have a size but no values. Programs run the operators that a code
// runs and hold the variables it holds; the tape counts what is alive. A storage lives as long as something refers to
// it: a program's variable (Var, counted as Python counts it), a node of the graph that needs it for its backward, or a
// parameter whose gradient it is. The graph's rules are torch's (2.13): torch/csrc/autograd/engine.cpp (order of nodes,
// when their saved tensors go), input_buffer.cpp (where gradients meet), functions/accumulate_grad.h.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <vector>

#include "core/estimate/training/allocator/caching_allocator.h"
#include "core/scenario/component.h"

namespace headroom::training {

// The number of a tensor's elements: up to four of the dims that the tape knows, times a plain number.
struct Extent {
  double elements = 0, count = 1;
  std::array<std::uint8_t, 4> dims{};

  bool operator==(const Extent&) const = default;
};

// What a storage is shown as. Labels outlive the tape (literals).
struct What {
  const char* label = "temporaries";
  ComponentId component = ComponentId::activations;
};

enum class Phase : std::uint8_t { rest, forward, loss, backward, step };
constexpr std::size_t kPhaseCount = 5;

class Tape;

// A tensor as a program's variable holds it; copies share it.
class Var {
 public:
  Var() = default;
  Var(const Var& other);
  Var(Var&& other) noexcept : tape_(other.tape_), tensor_(other.tensor_) { other.tape_ = nullptr; }
  Var& operator=(Var other) noexcept;
  ~Var() { reset(); }
  void reset();
  explicit operator bool() const { return tape_ != nullptr; }

  double width() const;  // bytes per element
  const Extent& extent() const;
  bool needsGrad() const;

 private:
  friend class Tape;
  Var(Tape* tape, std::int32_t tensor) : tape_(tape), tensor_(tensor) {}
  Tape* tape_ = nullptr;
  std::int32_t tensor_ = -1;
};

struct Parameter;

// Told when a parameter's gradient is there (a hook of AccumulateGrad).
class GradientSink {
 public:
  virtual ~GradientSink() = default;
  virtual void arrived(Parameter& parameter) = 0;
};

// A tensor the model holds. It is alive at all times and not counted here; its gradient and its casts are.
struct Parameter {
  Extent extent;
  double width = 2;  // bytes per element
  bool trains = false;
  double gradWidth = 2;   // bytes per element of its gradient
  double times = 1;       // layers it stands for
  double stateShare = 1;  // bytes of its optimizer states over those that the question says
  bool packed = false;    // in 4 bits, though its products see `width`
  bool streams = false;   // its gradient is used and freed at once (optimizer in backward; copied into a bucket)
  double stepBytes = 0;   // that this step takes while the gradient is there
  int uses = 1;           // operators that read it: their gradients are summed before they reach it
  int arrived = 0;
  double pieces = 1;         // tensors it is made of, whose gradients come one by one
  bool sumsInPlace = false;  // the first gradient is no view
  Var sum;                   // of those that have arrived
  Var gradient;
  GradientSink* sink = nullptr;
  Var cast;  // autocast's copy
  const char* label = "gradients";
  // Elements that it takes among others of `bytes` each: two of its values lie in a byte when it is packed.
  double lying(double bytes) const { return packed ? std::ceil(extent.elements / 2 / bytes) : extent.elements; }
};

// How a node's gradient for one of its inputs comes to be.
enum class Gradient : std::uint8_t {
  fresh,    // a tensor of the input's size
  viewed,   // the same, but a view of the product behind it, which holds it: the first sum is a tensor of its own
  pass,     // the incoming gradient itself, or a view of it
  reduced,  // a tensor of the result's size that is then summed to the input's
  over,     // written over the input itself, which the node has kept
  none,
};

struct Input {
  const Var* var = nullptr;
  Parameter* parameter = nullptr;
  Gradient gradient = Gradient::fresh;
};

// What one operator does beside making its result.
struct Operator {
  Extent extent;     // of the result
  double width = 2;  // of the result, bytes per element
  What what = {};
  std::initializer_list<Input> inputs;
  std::initializer_list<const Var*> saved;  // kept for backward
  bool savesResult = false;
  double work = 0;  // bytes its backward takes on top
  // Bytes that the kernels of its backward ask the allocator for and that no tensor of a trace shows.
  std::array<double, 2> inner{};
  bool inPlace = false;   // the result is the first input's storage
  bool together = false;  // the parts of a split: their gradients are not summed but wait for one another
};

class Tape {
 public:
  // Empties it; what it has allocated itself stays for the next step.
  void restart();

  std::uint8_t dim(double value);
  double valueOf(std::uint8_t dim) const { return dims_[dim]; }
  std::size_t dimCount() const { return dims_.size(); }
  Extent extent(std::initializer_list<std::uint8_t> dims, double count = 1) const;
  Extent scaled(Extent extent, double count) const;
  // What is left when one dim is summed over, or another stands in its place: of a part of it (a head of all heads) as
  // well. Elements and dims tell the same bytes.
  Extent without(Extent extent, std::uint8_t dim) const;
  Extent replaced(Extent extent, std::uint8_t dim, std::uint8_t by) const;

  Var make(const Extent& extent, double width, const What& what);  // a tensor without history
  Var apply(const Operator& op);
  Var view(const Var& input, const Extent& extent);  // the same storage and the same place in the graph
  Var detach(const Var& input);                      // the same storage without history
  Var leaf(const Var& input);                        // the same storage as the beginning of a graph
  // A node whose backward is a function: it gets the gradient of `result` and returns that of `input`.
  Var custom(const Var& result, const Var& input, std::initializer_list<const Var*> saved,
             std::function<Var(Var)> backward);
  // The same of several inputs, whose gradients it returns in their order.
  using Gradients = std::array<Var, 5>;
  Var custom(const Var& result, std::initializer_list<const Var*> inputs, std::initializer_list<const Var*> saved,
             std::function<Gradients(Var)> backward);
  void accumulate(Parameter& parameter, Var gradient);

  bool recording() const { return recording_; }
  void record(bool on) { recording_ = on; }

  // Non-reentrant checkpointing (torch/utils/checkpoint.py, _CheckpointFrame). Between pack() and endPack() the graph
  // is made but keeps nothing. The first of its nodes that needs what it would have kept runs `recompute`, which fills
  // the frame and ends when as much is there as the forward pass counted (_StopRecomputationError): what would follow
  // takes no memory. What `recompute` holds goes with the last of those nodes.
  void pack(std::function<void()> recompute);
  void endPack() { packing_ = -1; }
  // What is saved goes to the host and comes back for its node alone.
  void offload(bool on) { offloading_ = on; }
  // A repeated layer's tensors go for all the layers it stands for at once, not one with each layer's backward.
  void dropWhole(bool on) { dropsWhole_ = on; }
  void mute(bool on) { muted_ = on; }  // what is made takes no memory

  // Runs the graph behind `root`, which has the gradient; nodes made before `floor` are left alone.
  void backward(const Var& root, Var gradient, std::size_t floor = 0);
  std::size_t mark() const { return nodes_.size(); }
  Var gradientOf(const Var& leaf);  // takes it
  // Calls `hook` when a backward pass comes down to this place of the graph.
  void onBackward(std::function<void()> hook);

  // A run of equal layers is replayed as three: the first, one that stands for `times` layers, and the last. Call
  // around the forward of the middle one, and seal() after that of the last. There may be several such runs in a row.
  void openUnit(double times);
  void closeUnit();
  void seal();
  // Call after a backward pass: what the repeated layers' backward has left is there as often as they are.
  void sealBackward();
  // A buffer that is handed from layer to layer: at any time there is one of it, however many layers there are.
  void passing(const Var& buffer);

  // Writes down every storage that comes or goes from here on (allocator/caching_allocator.h), those of kernels too,
  // instead of what is alive at the peaks.
  void writeTo(StorageEvents* events) {
    events_ = events;
    if (events != nullptr) counts_ = false;
  }
  // The stream whose pool what is made from here on comes from (c10/cuda/CUDACachingAllocator.cpp: blocks serve the
  // stream they were first asked for on).
  void onStream(std::uint8_t stream) { stream_ = std::int64_t{stream} << kStreamShift; }
  std::size_t written() const { return events_ != nullptr ? events_->size() : 0; }

  void phase(Phase phase) { phase_ = phase, seen(); }
  Phase phase() const { return phase_; }
  double alive() const { return alive_; }
  void forgetPeaks();  // the step begins here
  double peak() const { return peakOf(peakPhase()); }
  Phase peakPhase() const;
  double peakOf(Phase phase) const { return phasePeaks_[static_cast<std::size_t>(phase)]; }

  // What is alive at a phase's peak: so many tensors of an extent and format.
  struct Term {
    What what;
    Extent extent;
    double width = 0;
    double copies = 0;  // at the peak
  };
  template <typename Visit>
  void forEachAt(Phase phase, Visit&& visit) const {
    const std::vector<double>& copies = phaseCopies_[static_cast<std::size_t>(phase)];
    for (std::size_t i = 0; i < copies.size(); ++i) {
      if (copies[i] <= 0) continue;
      Term term = terms_[i];
      term.copies = copies[i];
      visit(term);
    }
  }
  template <typename Visit>
  void forEachAtPeak(Visit&& visit) const {
    forEachAt(peakPhase(), visit);
  }

 private:
  friend class Var;
  struct Storage {
    double bytes = 0, times = 1;
    std::int32_t refs = 0, term = 0, unit = 0;
    bool passing = false;
  };
  struct Tensor {
    Extent extent;
    double width = 0;
    std::int32_t storage = -1, node = -1, refs = 0;
    bool based = false;  // a view whose base is alive with it
  };
  struct Edge {
    std::int32_t node = -1;
    Parameter* parameter = nullptr;
    Gradient gradient = Gradient::none;
    Extent extent;
    double width = 0;
    std::int32_t place = 0;  // among what the node has kept, of an input that its gradient is written over
  };
  struct Node {
    std::array<Edge, 5> edges;
    std::array<std::int32_t, 8> saved{};
    std::uint8_t edgeCount = 0, savedCount = 0;
    bool leaf = false, together = false;
    std::int32_t refs = 0, function = -1;
    std::int32_t frame = -1, firstPacked = 0, packed = 0;
    Extent extent;  // of the result
    double width = 0, work = 0, fetched = 0;
    std::array<double, 2> inner{};
    bool ofLogits = false;  // its result is a part of the loss
    Var gradient;
    std::vector<Var> parts;  // gradients of a split's parts
  };

  struct Frame {
    std::function<void()> recompute;
    std::vector<std::int32_t> stored;  // storages, in the order of saving
    std::size_t nodes = 0;             // that are still to run
    bool full = false;
  };
  static constexpr std::int32_t kNothing = -1, kDead = -2;  // a parameter; a node that is gone

  void save(Node& node, std::int32_t storage);
  void fill(std::int32_t frame);
  void leaveFrame(Node& node);
  std::int32_t store(const Extent& extent, double width, const What& what);
  void hold(std::int32_t storage) { ++storages_[static_cast<std::size_t>(storage)].refs; }
  void drop(std::int32_t storage);
  void holdNode(std::int32_t node) {
    if (node >= 0) ++nodes_[static_cast<std::size_t>(node)].refs;
  }
  void dropNode(std::int32_t node);
  std::int32_t tensor(std::int32_t storage, const Extent& extent, double width, std::int32_t node);
  void dropTensor(std::int32_t tensor);
  void releaseSaved(Node& node);
  std::int32_t keptAt(const Node& node, std::int32_t place) const;
  void arrive(std::int32_t node, Var gradient);
  Var met(Var first, const Var& second);
  void run(std::int32_t node);
  void add(std::int32_t term, double copies, double bytes);
  std::int32_t termOf(const What& what, const Extent& extent, double width);
  void seen();
  void enterUnit();
  void leaveUnit();
  bool alone(const Var& v) const;
  std::int32_t come(double bytes);
  void go(std::int32_t storage);

  std::vector<double> dims_{0};
  std::vector<Storage> storages_;
  std::vector<Tensor> tensors_;
  std::vector<std::int32_t> freeTensors_;
  std::vector<Node> nodes_;
  std::vector<std::function<Gradients(Var)>> functions_;
  std::vector<std::pair<std::int32_t, std::function<void()>>> hooks_;
  std::vector<Term> terms_;
  std::vector<std::int32_t> buckets_ = std::vector<std::int32_t>(512, -1);
  std::vector<double> copies_;
  std::array<std::vector<double>, kPhaseCount> phaseCopies_;  // at each phase's peak
  std::array<double, kPhaseCount> phasePeaks_{};
  double alive_ = 0;
  Phase phase_ = Phase::rest;
  bool recording_ = true, muted_ = false, offloading_ = false, dropsWhole_ = false;
  bool counts_ = true;  // what is alive, by term
  std::vector<Frame> frames_;
  std::int32_t packing_ = -1;  // the frame whose forward pass runs
  std::int32_t filling_ = -1;  // the frame that a recomputation fills
  std::size_t filled_ = 0;
  StorageEvents* events_ = nullptr;
  std::int64_t stream_ = 0;

  // The runs of repeated layers, in the order of the forward pass.
  struct Unit {
    double times = 1;
    std::size_t firstNode = 0, lastNode = 0;
    std::size_t firstStorage = 0, lastStorage = 0;  // of its backward
    bool done = false;                              // its backward is over
    std::vector<double> before;
    double aliveBefore = 0;
  };
  std::vector<Unit> units_;
  std::int32_t unit_ = -1;    // whose forward runs
  std::int32_t inside_ = -1;  // whose backward runs
  double insidePeak_ = 0;
  Phase insidePhase_ = Phase::rest;
  std::vector<double> insideCopies_;
};

}  // namespace headroom::training
