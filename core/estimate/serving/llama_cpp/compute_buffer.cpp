// The compute buffer: what is alive at the largest moment of the replayed graph, or a closed form where there is none.
#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/llama_cpp/alignment.h"
#include "core/estimate/serving/llama_cpp/terms.h"

namespace headroom::llama {
namespace {

constexpr std::string_view kGraphSource =
    "replay of ggml/src/ggml-alloc.c over the architecture's graph (ggml 0.20.2): best fit, reuse in place; about "
    "max(mask + MLP, mask + attention, logits)";
constexpr std::string_view kKept = "tensors alive at a graph's peak, in fp32";

// A graph whose source was read is exact; one taken as a common decoder was seen to be off by up to a tenth.
constexpr Band kUnknownGraph{0.85, 1.15};
// Where no graph could be built the closed form stands in, which knows neither indexers nor compressors nor several
// streams of hidden states: any of them can be the largest part.
constexpr Band kNoGraph{0.4, 3.0};

std::string_view nameOf(Op op) {
  switch (op) {
    case Op::none:
      return "input";
    case Op::get_rows:
      return "rows looked up";
    case Op::mul_mat:
      return "product with a matrix";
    case Op::mul_mat_id:
      return "product with chosen experts";
    case Op::flash_attention:
      return "attention";
    case Op::soft_max:
      return "attention scores";
    case Op::norm:
    case Op::rms_norm:
    case Op::l2_norm:
      return "normalised";
    case Op::rope:
      return "rotated";
    case Op::glu:
      return "gated";
    case Op::unary:
      return "activation function";
    case Op::cont:
    case Op::copy:
      return "copy";
    case Op::concat:
      return "joined";
    case Op::argsort:
      return "sorted";
    case Op::ssm_conv:
      return "short convolution";
    case Op::ssm_scan:
    case Op::gated_delta_net:
      return "state scan";
    case Op::add:
    case Op::add_id:
    case Op::sub:
      return "sum";
    case Op::mul:
    case Op::div:
    case Op::scale:
      return "scaled";
    default:
      return "result";
  }
}

Factor shape(std::string_view symbol, std::int64_t n) {
  return leaf(Origin::model, symbol, d(n), Unit::count, "shape in the replayed graph");
}

Factor aliveFactor(FactorTree& tree, const Alive& a, std::int64_t alignment) {
  constexpr std::string_view kWanted =
      "room that the kernel wants behind its result (ggml-cuda/fattn-common.cuh, mmq.cuh)";
  const Factor row = rowBytes(tree, "bytes of a row", a.type, shape("elements of a row", a.ne[0]));
  Factor bytes = tree.product("bytes", Unit::bytes,
                              {row, shape("rows", a.ne[1]), shape("matrices", a.ne[2]), shape("of them", a.ne[3])});
  if (bytes.value != d(a.bytes)) bytes = leaf(Origin::model, "bytes", d(a.bytes), Unit::bytes, "shape with gaps");
  if (a.asked != a.bytes)
    bytes = tree.sum("with scratch", Unit::bytes,
                     {bytes, leaf(Origin::model, "scratch", d(a.asked - a.bytes), Unit::bytes, kWanted)});
  const Factor taken = filledUp(tree, "aligned", bytes, alignment, kGraphSource);
  return tree.product(nameOf(a.op), Unit::bytes, {shape("tensors", a.count), taken});
}

// Rows of fp32 results, so many elements wide.
Factor results(FactorTree& tree, std::string_view symbol, const Factor& rows, const Factor& width) {
  return tree.product(symbol, Unit::bytes, {bytesOf(NumberFormat::fp32), rows, width});
}

// The terms a graph's peak is about: an MLP's or an attention's results, or the logits, beside the masks. In doubles,
// which absurd questions cannot overflow.
Factor closedFormOf(FactorTree& tree, const Run& run, int backend) {
  const auto times = [&](std::string_view symbol, double n, const Factor& width) {
    return tree.product(symbol, Unit::elements, {constant("tensors", n, Unit::count, kKept), width});
  };
  const Factor rows = asked("tokens of a micro-batch", d(run.ubatch), Unit::tokens),
               hidden = fromModel("hidden", d(run.model->hidden), Unit::elements);
  FactorParts masks(tree, "mask", Unit::bytes, Combine::largest),
      attentions(tree, "attention", Unit::bytes, Combine::largest), mlps(tree, "MLP", Unit::bytes, Combine::largest);
  masks.add(fromModel("no mask", 0, Unit::bytes));
  for (const LayerKind& kind : run.model->kinds) {
    const AttentionSpec& a = kind.attention;
    const Factor heads = fromModel("heads", d(a.heads), Unit::heads),
                 size = fromModel("head size", d(a.headDim), Unit::elements);
    const Factor queries = tree.product("queries", Unit::elements, {heads, size});
    const Factor keys = tree.product("keys", Unit::elements, {fromModel("KV heads", d(a.kvHeads), Unit::heads), size});
    const Factor cells = asked("cells of a stream", d(run.windowed(kind) ? run.windowCells : run.cells), Unit::tokens);
    if (a.kind != AttentionKind::none)
      masks.add(tree.product("mask", Unit::bytes,
                             {cells, rows, bytesOf(run.flash ? NumberFormat::fp16 : NumberFormat::fp32)}));
    attentions.add(
        run.flash ? results(tree, "attention", rows,
                            tree.sum("width", Unit::elements,
                                     {times("hidden states", 2, hidden), times("queries and output", 2, queries)}))
                  : tree.sum("attention", Unit::bytes,
                             {tree.product("scores", Unit::bytes, {cells, bytesOf(NumberFormat::fp32), rows, heads}),
                              results(tree, "results", rows,
                                      tree.sum("width", Unit::elements,
                                               {times("hidden states", 3, hidden), queries,
                                                times("keys and values", 2, keys)}))}));
    const Factor widest =
        tree.largest("widest", Unit::elements,
                     {fromModel("width", d(kind.mlp.intermediate), Unit::elements),
                      tree.product("chosen experts", Unit::elements,
                                   {fromModel("experts per token", d(kind.mlp.expertsPerToken), Unit::experts),
                                    fromModel("expert width", d(kind.mlp.expertIntermediate), Unit::elements)}),
                      times("state", 2, fromModel("inner width", d(kind.state.inner), Unit::elements))});
    mlps.add(results(tree, "MLP", rows,
                     tree.sum("width", Unit::elements,
                              {times("gate, up and product", 3, widest), times("hidden states", 3, hidden)})));
  }
  if (attentions.empty())
    attentions.add(fromModel("none", 0, Unit::bytes)), mlps.add(fromModel("none", 0, Unit::bytes));
  const Factor mask = masks.close();
  if (run.backends.devices > 0 && backend == run.backends.host())
    return tree.sum("mask and inputs", Unit::bytes,
                    {mask, results(tree, "inputs", rows, times("hidden states", 2, hidden))});
  const Factor logits = results(
      tree, "logits", asked("rows of logits", d(std::min(run.ubatch, run.outputs)), Unit::rows),
      tree.sum("width", Unit::elements,
               {fromModel("vocabulary", d(run.hasHead() ? run.model->vocabulary : 0), Unit::elements), hidden}));
  return tree.largest("largest moment", Unit::bytes,
                      {tree.sum("MLP and mask", Unit::bytes, {mask, mlps.close()}),
                       tree.sum("attention and mask", Unit::bytes, {mask, attentions.close()}), logits});
}

}  // namespace

ComputeBuffers closedForm(const Run& run) {
  FactorTree closed;
  ComputeBuffers out;
  out.replayed = false;
  for (int b = 0; b < run.backends.count(); ++b)
    out.bytes.push_back(toBytes(closedFormOf(closed, run, b).value).value());
  return out;
}

void addWorkspace(Ledger& ledger, const Run& run, const ComputeBuffers& buffers, int backend) {
  const auto at = static_cast<std::size_t>(backend);
  constexpr std::string_view kSymbol = "largest moment of the planned graph";
  Factor bytes = summed(kSymbol, d(buffers.bytes[at]), Unit::bytes);
  if (!buffers.replayed) {
    bytes = closedFormOf(ledger, run, backend);
  } else if (ledger.open() && buffers.alive[at] != nullptr) {
    FactorParts alive(ledger, kSymbol, Unit::bytes);
    for (const Alive& a : *buffers.alive[at]) alive.add(aliveFactor(ledger, a, run.backends.alignment(backend)));
    if (const double gaps = d(buffers.bytes[at]) - alive.value(); gaps > 0)
      alive.add(leaf(Origin::model, "free blocks between them", gaps, Unit::bytes,
                     "what best fit leaves unused at that moment of the replay (ggml-alloc.c)"));
    bytes = alive.close();
  }
  ledger.add(ComponentId::workspace, "compute buffer", kGraphSource, {bytes});
  // An indexer's scores of a graph that is not known are missing from the replay.
  const bool indexed =
      std::ranges::any_of(run.model->kinds, [](const LayerKind& k) { return k.attention.indexerHeads > 0; });
  if (!buffers.replayed || (indexed && !run.file->traits.known))
    ledger.setBand(ComponentId::workspace, kNoGraph);
  else if (!run.file->traits.known)
    ledger.setBand(ComponentId::workspace, kUnknownGraph);
}

}  // namespace headroom::llama
