// model/models/*/model_vision.go and process_image.go (0.7 to 0.24): a vision transformer's layers over the patches of
// one picture, as far as memory is concerned. What all layers do alike is laid out for a few of them.
#include "core/estimate/serving/ollama/image_graph.h"

#include <algorithm>
#include <cmath>

#include "core/estimate/arithmetic.h"

namespace headroom::ollama {
namespace {

using namespace llama;
using F = NumberFormat;

constexpr std::int64_t kPicture = 2048;
constexpr std::int64_t kGemma4Tokens = 280;
constexpr std::int64_t kAlike = 3;  // layers after which the buffer grows no further

class Layers {
 public:
  Layers(const ImageEncoder& e, const VisionSpec& tower, const Backends& backends, int backend, bool flash, bool kernel)
      : e_(e),
        host_(backends.host()),
        backend_(backend),
        patches_(patchesOf(e, tower)),
        hidden_(tower.hidden),
        wide_(tower.intermediate),
        heads_(tower.heads),
        head_(tower.hidden / tower.heads),
        layers_(std::min(tower.layers, kAlike)),
        patch_(tower.patchSize),
        flash_(flash && !e.writtenOut),
        kernel_(kernel) {}

  Graph build() {
    Id x = g_.mulMat(weight(patch_ * patch_ * 3, hidden_), given({patch_ * patch_ * 3, patches_, 1, 1}));
    if (e_.turning == Turning::by_parts) {
      const Shape angles{head_, 1, patches_, 1};
      const Id looked = g_.reshape(g_.getRows(given({head_, patches_, 1, 1}), rows(patches_)), angles);
      cos_ = g_.like(Op::sqr, looked), sin_ = g_.like(Op::sqr, looked);
    } else if (e_.turning != Turning::none) {
      cos_ = rows(4 * patches_);
    }
    if (e_.writtenOut) mask_ = given({patches_, patches_, 1, 1});
    std::vector<Id> kept;
    for (std::int64_t i = 0; i < layers_; ++i) {
      if (i == 0)
        for (std::int64_t k = 0; k < e_.keptStates; ++k) kept.push_back(x = g_.add(x, weight(hidden_, 1)));
      x = layer(x);
    }
    x = norm(x);
    for (const Id k : kept) x = g_.concat(x, g_.reshape(k, g_[k].ne), 0);
    g_.expand(x);
    return std::move(g_);
  }

 private:
  Id weight(std::int64_t in, std::int64_t out) {
    return g_.weight(out > 1 ? F::fp16 : F::fp32, {in, out, 1, 1}, backend_);
  }
  Id given(Shape ne) { return g_.cache(F::fp32, ne, host_); }
  Id rows(std::int64_t n) { return g_.cache(F::int32, {n, 1, 1, 1}, host_); }
  Id project(Id x, std::int64_t out) {
    const Id y = g_.mulMat(weight(g_[x].ne[0], out), x);
    return e_.rmsNorms ? y : g_.add(y, weight(out, 1));
  }
  Id norm(Id x) {
    const Id y = g_.mul(g_.like(e_.rmsNorms ? Op::rms_norm : Op::norm, x), weight(g_[x].ne[0], 1));
    return e_.rmsNorms ? y : g_.add(y, weight(g_[x].ne[0], 1));
  }
  Id part(Id x, std::int64_t first) {
    const Node n = g_[x];
    return g_.view(x, {n.ne[0] / 2, n.ne[1], n.ne[2], 1}, n.nb[1], n.nb[2], n.nb[3], first * n.nb[0]);
  }
  Id turn(Id x) {
    if (e_.turning == Turning::by_kernel) return g_.rope(x, cos_, kNone);
    if (e_.turning == Turning::by_halves)
      return g_.concat(g_.rope(part(x, 0), cos_, kNone), g_.rope(part(x, head_ / 2), cos_, kNone), 0);
    if (e_.turning == Turning::none) return x;
    const Id back = g_.concat(g_.scale(g_.cont(part(x, head_ / 2))), part(x, 0), 0);
    return g_.add(g_.mul(x, cos_), g_.mul(back, sin_));
  }
  Id headsOf(Id x) { return g_.reshape(project(x, hidden_), {head_, heads_, patches_, 1}); }

  Id attention(Id x) {
    Id q = headsOf(x), k = headsOf(x), v = headsOf(x);
    if (e_.headNorms) q = norm(q), k = norm(k), v = g_.like(Op::rms_norm, v);
    q = turn(q), k = turn(k);
    if (!e_.writtenOut) g_.expand(q), g_.expand(k), g_.expand(v);
    const Id qp = g_.permute(q, 0, 2, 1, 3), kp = g_.permute(k, 0, 2, 1, 3);
    const Shape flat{hidden_, patches_, 1, 1};
    if (flash_) {
      const Id out = g_.flashAttention(qp, kp, g_.permute(v, 0, 2, 1, 3), kNone, kNone);
      if (!kernel_) g_[out].backend = static_cast<std::int8_t>(host_);
      return g_.reshape(out, flat);
    }
    const Id values = g_.cont(g_.permute(v, 1, 2, 0, 3));
    Id scores = g_.mulMat(kp, qp);
    if (e_.writtenOut) {
      scores = g_.scale(scores);
      scores = g_.add(scores, mask_);
    }
    return g_.cont(g_.permute(g_.mulMat(values, g_.softMax(scores)), 0, 2, 1, 3), flat);
  }

  Id mlp(Id x) {
    const Id opened = project(x, wide_);
    return project(e_.gated ? g_.glu(opened, project(x, wide_)) : g_.unary(opened), hidden_);
  }

  Id layer(Id x) {
    Id y = project(attention(norm(x)), hidden_);
    if (e_.postNorms) y = norm(y);
    const Id middle = g_.add(y, x);
    y = mlp(norm(middle));
    if (e_.postNorms) y = norm(y);
    return g_.add(y, middle);
  }

  const ImageEncoder& e_;
  int host_ = 0, backend_ = 0;
  std::int64_t patches_ = 0, hidden_ = 0, wide_ = 0, heads_ = 0, head_ = 0, layers_ = 0, patch_ = 0;
  bool flash_ = false, kernel_ = true;
  Graph g_;
  Id cos_ = kNone, sin_ = kNone, mask_ = kNone;
};

}  // namespace

std::int64_t patchesOf(const ImageEncoder& e, const VisionSpec& tower) {
  if (tower.patchSize <= 0) return 0;
  const std::int64_t side = tower.imageSize / tower.patchSize;
  switch (e.size) {
    case PictureSize::as_configured:
      return side * side;
    case PictureSize::tiles:
      return 4 * (ceilDiv(side * side + 1, 8) * 8);
    case PictureSize::pixels: {
      const std::int64_t step = tower.patchSize * e.merge;
      const std::int64_t pixels = e.pixels > 0 ? e.pixels : kGemma4Tokens * step * step;
      const double edge = std::min(d(kPicture), std::sqrt(d(pixels)));
      const std::int64_t patches = static_cast<std::int64_t>(edge / d(step)) * e.merge;
      return patches * patches;
    }
  }
  return 0;
}

std::vector<std::int64_t> imageBuffers(const ImageEncoder& e, const VisionSpec& tower, const Backends& backends,
                                       int backend, bool flash, bool headKernel) {
  constexpr std::int64_t kMostPatches = 1 << 17;  // what no picture of that size is cut into
  const std::int64_t patches = patchesOf(e, tower);
  if (patches <= 0 || patches > kMostPatches || tower.hidden <= 0 || tower.heads <= 0 || tower.hidden > kMostPatches ||
      tower.intermediate > 8 * kMostPatches || tower.heads > tower.hidden)
    return std::vector<std::int64_t>(static_cast<std::size_t>(backends.count()), 0);
  Graph graph = Layers(e, tower, backends, backend, flash, headKernel).build();
  return planGraph(graph, backends).bytes;
}

}  // namespace headroom::ollama
