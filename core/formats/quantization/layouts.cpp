#include "core/formats/quantization/layouts.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

using F = NumberFormat;

constexpr std::string_view kGptqSource = "gptqmodel/nn_modules/qlinear/__init__.py GPTQ buffers (7.7.0)";
constexpr std::string_view kAwqSource = "gptqmodel/nn_modules/qlinear/__init__.py AWQ buffers (7.7.0)";
constexpr std::string_view kBnbSource =
    "bitsandbytes/functional.py quantize_4bit, QuantState.as_dict; nn/modules.py Linear8bitLt (0.50.2)";
constexpr std::string_view kPackedSource =
    "compressed_tensors/compressors pack_quantized, quantization/lifecycle/initialize.py (0.20.1)";
constexpr std::string_view kBitNetSource = "transformers/integrations/bitnet.py BitLinear, AutoBitLinear (5.24)";
constexpr std::string_view kHqqSource =
    "hqq/core/quantize.py, core/bitpack.py (0.2.8); transformers 4.57 does not hand the dtype on: scale and zero fp32";
constexpr std::string_view kHiggsSource = "transformers/integrations/higgs.py HiggsLinear (5.24)";
constexpr std::string_view kAqlmSource = "aqlm/inference.py QuantizedLinear (1.1.7)";
constexpr std::string_view kVptqSource = "vptq/layers/vqlinear.py VQuantLinear (0.0.5)";
constexpr std::string_view kExl3Source = "exllamav3/modules/quant/exl3.py LinearEXL3 (1.6.5)";

std::int64_t clampBits(std::int64_t bits) {
  return std::clamp<std::int64_t>(bits, 1, 32);
}

F integerFormat(std::int64_t bits) {
  return bits <= 4 ? F::int4 : F::int8;
}

std::string groupsText(std::int64_t group) {
  return group > 0 ? fmt::format(", groups of {}", group) : std::string(", one group a row");
}

// Groups along a row; none stated: one.
Units groupsOf(std::int64_t group) {
  return group > 0 ? per(group) : kOne;
}

class Builder {
 public:
  Builder(std::string label, F format, std::string_view source) {
    out_.label = std::move(label), out_.format = format, out_.source = source;
  }
  Builder& matrix(std::string_view name, double bytes, Units rows, Units columns, Holders in = kEverywhere) {
    if (bytes > 0) out_.terms.push_back({name, bytes, rows, columns, false, in});
    return *this;
  }
  Builder& flat(std::string_view name, double bytes, Units elements, Holders in = kEverywhere) {
    if (bytes > 0) out_.terms.push_back({name, bytes, kOne, elements, true, in});
    return *this;
  }
  Builder& fixed(std::string_view name, double bytes, Holders in = kEverywhere) {
    return matrix(name, bytes, kOne, kOne, in);
  }
  WeightLayout done() { return std::move(out_); }

 private:
  WeightLayout out_;
};

}  // namespace

WeightLayout plainLayout(NumberFormat format) {
  const FormatInfo& f = info(format);
  return Builder(std::string(f.label), format, f.source).matrix("weights", f.blockBytes, kEach, kEach).done();
}

WeightLayout gptqLayout(const GptqLayout& g) {
  const std::int64_t b = clampBits(g.bits);
  const F format = b == 4 ? (g.symmetric ? F::gptq_int4 : F::awq_int4) : b == 8 ? F::gptq_int8 : integerFormat(b);
  // Kernels read neither the zero points of symmetric weights nor, without desc_act, the index (vllm gptq_marlin.py).
  const Holders zeros = g.symmetric ? kInFile | kInTransformers : kEverywhere;
  const Holders index = g.actOrder ? kEverywhere : kInFile | kInTransformers;
  return Builder(fmt::format("GPTQ, {} bit{}", b, groupsText(g.group)), format, kGptqSource)
      .matrix("packed weights", 4, kEach, {b, 32})
      .matrix("scales", 2, kEach, groupsOf(g.group))
      .matrix("zero points", 4, {b, 32}, groupsOf(g.group), zeros)
      .matrix("group index", g.index ? 4 : 0, kOne, kEach, index)
      .done();
}

WeightLayout awqLayout(std::int64_t bits, std::int64_t group) {
  const std::int64_t b = clampBits(bits);
  return Builder(fmt::format("AWQ, {} bit{}", b, groupsText(group)), b == 4 ? F::awq_int4 : integerFormat(b),
                 kAwqSource)
      .matrix("packed weights", 4, {b, 32}, kEach)
      .matrix("scales", 2, kEach, groupsOf(group))
      .matrix("zero points", 4, {b, 32}, groupsOf(group))
      .done();
}

WeightLayout bitsAndBytes4Layout(bool nf4, bool doubleQuantized, std::int64_t block) {
  const std::int64_t n = std::clamp<std::int64_t>(block, 1, 4096);
  Builder out(fmt::format("bitsandbytes {}{}", nf4 ? "NF4" : "FP4", doubleQuantized ? ", double quantized" : ""),
              !nf4              ? F::fp4
              : doubleQuantized ? F::nf4_dq
                                : F::nf4,
              kBnbSource);
  // vLLM writes nested scales out when it loads them (model_loader/bitsandbytes_loader.py, _dequantize_dq).
  out.flat("packed weights", 1, per(2));
  if (doubleQuantized)
    out.flat("scales", 1, per(n), kInFile | kInTransformers)
        .flat("scales of the scales", 4, per(n * 256), kInFile | kInTransformers)
        .flat("scales, written out", 4, per(n), kInEngine);
  else
    out.flat("scales", 4, per(n));
  out.fixed("code table", 64, kInFile | kInTransformers);
  if (doubleQuantized)
    out.fixed("code table of the scales", 1024, kInFile | kInTransformers).fixed("offset", 4, kInTransformers);
  return out.fixed("state as JSON", doubleQuantized ? 168 : 81, kInFile).done();
}

WeightLayout bitsAndBytes8Layout() {
  return Builder("LLM.int8()", F::bnb_int8, kBnbSource)
      .matrix("weights", 1, kEach, kEach)
      .matrix("scales", 4, kEach, kOne)
      .fixed("weight_format", 1, kInFile)
      .done();
}

WeightLayout byteLayout(const ByteLayout& b) {
  const Units rows = b.scales == ScalesOf::tensor ? kOne : b.scales == ScalesOf::tile ? per(b.tileRows) : kEach;
  const Units columns = b.scales == ScalesOf::tile || b.scales == ScalesOf::group ? per(b.tileColumns) : kOne;
  // vLLM turns scales of whole rows and tensors into fp32 (w8a8_utils.py, compressed_tensors_w8a8_fp8.py, 0.11).
  const bool widened = b.scale == 2 && b.scales != ScalesOf::group;
  Builder out(std::string(b.label), b.format, b.source);
  out.matrix("weights", 1, kEach, kEach)
      .matrix("scales", b.scale, rows, columns, widened ? kInFile | kInTransformers : kEverywhere);
  if (widened) out.matrix("scales", 4, rows, columns, kInEngine);
  return out.matrix("further values of the rows", b.perRow, kEach, kOne)
      .fixed("values of the module", b.fixed)
      .fixed("values made while loading", b.loadedOnly, kInTransformers)
      .done();
}

WeightLayout floatBlocksLayout(std::int64_t bits, std::int64_t block, double fixed, std::string_view source) {
  const bool nv = block == 16;
  const std::int64_t b = clampBits(bits), n = std::max<std::int64_t>(1, block);
  return Builder(fmt::format("{}{}", nv ? "NVFP" : "MXFP", b),
                 b > 4 ? F::mxfp8
                 : nv  ? F::nvfp4
                       : F::mxfp4,
                 source)
      .matrix("packed weights", 1, kEach, {b, 8})
      .matrix("scales", 1, kEach, per(n))
      .fixed("scales of the tensor", fixed)
      .done();
}

WeightLayout packedLayout(const PackedLayout& p) {
  const std::int64_t b = clampBits(p.bits);
  const F format = b == 4 && p.group > 0   ? (p.zeroPoints ? F::awq_int4 : F::gptq_int4)
                   : b == 8 && p.group > 0 ? F::gptq_int8
                                           : integerFormat(b);
  return Builder(fmt::format("packed, {} bit{}", b, groupsText(p.group)), format, kPackedSource)
      .matrix("packed weights", 4, kEach, {b, 32})
      .matrix("scales", 2, p.perTensor ? kOne : kEach, groupsOf(p.group))
      .matrix("zero points", p.zeroPoints ? 4 : 0, {b, 32}, groupsOf(p.group))
      .matrix("group index", p.index ? 4 : 0, kOne, kEach)
      .fixed("shape", 16, kInFile | kInTransformers)
      .done();
}

WeightLayout groupedLayout(const GroupedLayout& g) {
  const std::int64_t b = clampBits(g.bits);
  const bool other = g.loadedPerGroup > 0;
  return Builder(fmt::format("{}, {} bit{}", g.label, b, groupsText(g.group)), integerFormat(b), g.source)
      .flat("packed weights", 1, {b, 8})
      .matrix("scales and zero points", g.perGroup, kEach, groupsOf(g.group),
              other ? kEverywhere & static_cast<Holders>(~only(Holder::transformers4)) : kEverywhere)
      .matrix("scales and zero points", g.loadedPerGroup, kEach, groupsOf(g.group), only(Holder::transformers4))
      .fixed("values of the module", g.fixed)
      .done();
}

WeightLayout bitNetLayout(bool unpacks, bool norm) {
  Builder out("BitNet, 1.58 bit", F::int4, kBitNetSource);
  const Holders packed = unpacks ? kInFile | kInEngine : kEverywhere;
  out.matrix("packed weights", 1, per(4), kEach, packed);
  if (unpacks) out.matrix("unpacked weights", 2, kEach, kEach, kInTransformers);
  return out.fixed("scale", 2).matrix("norm of the input", norm ? 2 : 0, kOne, kEach).done();
}

WeightLayout hqqLayout(std::int64_t bits, std::int64_t group) {
  const std::int64_t b = clampBits(bits);
  Builder out(fmt::format("HQQ, {} bit{}", b, groupsText(group)), integerFormat(b), kHqqSource);
  // Three bits: ten values in a word of four bytes, along the groups.
  if (b == 3 && group > 0)
    out.flat("packed weights", 4.0 * static_cast<double>(group), per(10 * group));
  else
    out.flat("packed weights", 1, {b, 8});
  const Holders others = kInFile | kInEngine | only(Holder::transformers5);
  if (group > 0)
    out.flat("scales and zero points", 4, per(group), others)
        .flat("scales and zero points", 8, per(group), only(Holder::transformers4));
  else
    out.matrix("scales and zero points", 4, kEach, kOne, others)
        .matrix("scales and zero points", 8, kEach, kOne, only(Holder::transformers4));
  return out.done();
}

WeightLayout higgsLayout(std::int64_t bits, std::int64_t group) {
  const std::int64_t b = std::clamp<std::int64_t>(bits, 1, 8), entries = std::int64_t{1} << b;
  return Builder(fmt::format("HIGGS, {} bit{}", b, groupsText(group)), integerFormat(b), kHiggsSource)
      .matrix("packed weights", 2, {b, 16}, kEach)
      .matrix("scales", 2, kEach, groupsOf(group))
      .fixed("code tables", 2.0 * static_cast<double>(entries) + 4.0 * static_cast<double>(entries * entries))
      .done();
}

WeightLayout aqlmLayout(const AqlmLayout& a) {
  const std::int64_t bits = clampBits(a.bits), books = std::clamp<std::int64_t>(a.codebooks, 1, 64);
  const std::int64_t in = std::clamp<std::int64_t>(a.inGroup, 1, 4096),
                     out = std::clamp<std::int64_t>(a.outGroup, 1, 4096);
  const double code = bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
  const double entries = static_cast<double>(std::int64_t{1} << std::min<std::int64_t>(bits, 24));
  return Builder(fmt::format("AQLM, {} codebooks of {} bit", books, bits), F::int4, kAqlmSource)
      .matrix("codes", code * static_cast<double>(books), per(out), per(in))
      .fixed("codebooks", 2.0 * static_cast<double>(books * out * in) * entries)
      .matrix("scales", 2, per(out), kOne)
      .done();
}

namespace {

// int(math.log2(n)) as the library takes it.
std::int64_t bitsFor(std::int64_t entries) {
  std::int64_t bits = 0;
  for (std::int64_t n = entries; n > 1; n /= 2) ++bits;
  return bits;
}

}  // namespace

WeightLayout vptqLayout(const VptqLayout& v) {
  constexpr std::int64_t kMost = 1 << 24;
  const std::int64_t length = std::clamp<std::int64_t>(v.vector, 1, 4096),
                     groups = std::clamp<std::int64_t>(v.groups, 1, 4096);
  const std::int64_t main = std::clamp<std::int64_t>(v.centroids, 1, kMost),
                     extra = std::clamp<std::int64_t>(v.residual, 0, kMost);
  const std::int64_t bits = bitsFor(main) + bitsFor(extra);
  Builder out(fmt::format("VPTQ, vectors of {}, {} + {} centroids", length, main, extra), F::int4, kVptqSource);
  const double words = v.groupSize > 0 ? static_cast<double>((std::min(v.groupSize, kMost) * bits + 31) / 32) : 0;
  if (words > 0)
    out.matrix("packed indices", 4.0 * static_cast<double>(groups) * words, per(length), kOne);
  else
    out.matrix("packed indices", 4, per(length), {bits, 32});
  out.fixed("centroids", 2.0 * static_cast<double>(groups * (main + extra) * length));
  if (v.outlierVector > 1 && v.outlierCentroids > 0)
    out.fixed("centroids of the outliers", 2.0 * static_cast<double>(std::min(v.outlierCentroids, kMost) *
                                                                     std::min<std::int64_t>(v.outlierVector, 4096)))
        .matrix("indices of the outliers", 2.0 * static_cast<double>(std::min(v.outlierSize, kMost)),
                per(v.outlierVector), kOne);
  return out.matrix("norm of the input", v.norm ? 4 : 0, kOne, kEach)
      .matrix("permutation", v.permutation ? 2 : 0, kOne, kEach)
      .done();
}

WeightLayout exl3Layout(double bits) {
  const double b = std::clamp(bits, 1.0, 16.0);
  return Builder(fmt::format("EXL3, {:g} bit", b), b <= 4.5 ? F::int4 : F::int8, kExl3Source)
      .matrix("trellis", 128.0 * 128 * b / 8, per(128), per(128))
      .matrix("signs and scales of the outputs", 2.0 * 128, per(128), kOne)
      .matrix("signs and scales of the inputs", 2.0 * 128, kOne, per(128))
      .fixed("codebook mark", 4)
      .done();
}

WeightLayout averageLayout(std::string_view method, double bits, std::string_view source) {
  const double b = std::clamp(bits, 0.1, 32.0);
  return Builder(fmt::format("{}, {:g} bit on average", method, b), b <= 5 ? F::int4 : F::int8, source)
      .matrix("packed weights", b / 8, kEach, kEach)
      .done();
}

WeightLayout besideTied(WeightLayout head) {
  head.label = fmt::format("16 bit, and as the head: {}", head.label);
  head.format = F::bf16;
  head.terms.insert(head.terms.begin(), {"embedding", 2, kEach, kEach, false, kEverywhere});
  return head;
}

WeightLayout statedLayout(std::string_view method, double bytes, std::string_view source) {
  return Builder(fmt::format("{}, as the configuration lists it", method), F::int4, source)
      .fixed("tensors", bytes)
      .done();
}

}  // namespace headroom
