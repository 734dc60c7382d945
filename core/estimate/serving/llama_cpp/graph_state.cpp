#include <algorithm>

#include "core/estimate/serving/llama_cpp/graph_builder.h"

namespace headroom::llama {

using F = NumberFormat;

// Clears the state of sequences that start anew: nothing is to clear in the reserved graph, but the nodes are there.
void Builder::prepareState(Id states) {
  const std::int64_t row = g_[states].nb[1];
  const Id none = g_.view(states, {0, 1, 1, 1}, row, row, row, 0);
  const Id cleared = g_.viewAll(none);
  g_[cleared].op = Op::scale;
  g_.expand(cleared);
}

void Builder::keepExtraStates(Id cache, Id states, std::int64_t size) {
  const bool once = run_.backends.rules.oneGather;
  keepExtra(cache, once ? noneBehind(g_.getRows(states, stateTail_), size) : g_.getRows(states, stateExtra_), size);
}

// States besides those of the micro-batch: none where all sequences are in it.
Id Builder::noneBehind(Id gathered, std::int64_t size) {
  const std::int64_t row = g_[gathered].nb[1];
  return g_.view(gathered, {size, 0, 1, 1}, row, 0, 0, g_[gathered].ne[1] * row);
}

void Builder::keepExtra(Id cache, Id extra, std::int64_t size) {
  const std::int64_t row = g_[cache].nb[1];
  g_.expand(g_.copy(extra, g_.view(cache, {size, 0, 1, 1}, row, 0, 0, run_.sequences * row)));
}

Id Builder::readState(Id cache, std::int64_t size) {
  const Id states = g_.reshape(cache, {size, g_[cache].ne[1], 1, 1});
  prepareState(states);
  if (!run_.backends.rules.oneGather) {
    const Id read = g_.getRows(states, stateMain_);
    g_.expand(read);
    keepExtraStates(cache, states, size);
    return read;
  }
  const Id all = g_.getRows(states, stateCopy_);
  const std::int64_t row = g_[all].nb[1];
  const Id read = g_.view(all, {size, run_.sequences, 1, 1}, row, row * run_.sequences, row * run_.sequences, 0);
  g_.expand(read);
  keepExtra(cache, noneBehind(all, size), size);
  return read;
}

// The last inputs of each channel and the new ones, convolved; stores the last ones for the next batch.
Id Builder::shortConvolution(Id cache, Id x, std::int64_t channels, std::int64_t kernel) {
  const std::int64_t kept = kernel - 1, sequences = run_.sequences;
  const Id before = g_.reshape(readState(cache, kept * channels), {kept, channels, sequences, 1});
  const Id all = g_.concat(before, g_.transpose(x), 0);
  const Node n = g_[all];
  const std::int64_t row = g_[cache].nb[1];
  for (std::int64_t back = run_.rollback; back >= 0; --back) {  // the oldest token to go back to first
    const std::int64_t from = std::max<std::int64_t>(0, perSequence() - back) * n.nb[0];
    const Id lastInputs = g_.view(all, {kept, channels, sequences, 1}, n.nb[1], n.nb[2], n.nb[2] * sequences, from);
    g_.expand(g_.copy(lastInputs, g_.view(cache, {kept * channels, sequences, 1, 1}, row, row * sequences,
                                          row * sequences, back * sequences * row)));
  }
  return all;
}

Id Builder::mamba1(std::size_t il, Id x) {
  const StateSpec& s = run_.kind(il).state;
  const std::int64_t inner = s.inner, state = s.stateSize, sequences = run_.sequences, each = perSequence();
  const int backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[il];
  const StateShape shape = stateShape(run_.kind(il));
  const Id convCache = g_.cache(F::fp32, {shape.convolution, sequences, 1, 1}, backend);
  const Id stateCache = g_.cache(F::fp32, {shape.state, sequences, 1, 1}, backend);

  const std::int64_t kept = s.convKernel - 1;
  const Id before = g_.reshape(readState(convCache, shape.convolution), {kept, inner, sequences, 1});
  x = g_.reshape(x, {g_[x].ne[0], each, sequences, 1});
  const Id both = g_.mulMat(weight(il, "ssm_in.weight"), x);
  const Node b = g_[both];
  Id in = g_.view(both, {inner, b.ne[1], b.ne[2], 1}, b.nb[1], b.nb[2], b.nb[2] * b.ne[2], 0);
  const Id z = g_.view(both, {inner, b.ne[1], b.ne[2], 1}, b.nb[1], b.nb[2], b.nb[2] * b.ne[2], inner * b.nb[0]);
  const Id convolved = g_.concat(before, g_.transpose(in), 0);
  const Node c = g_[convolved];
  const Id lastInputs =
      g_.view(convolved, {kept, inner, sequences, 1}, c.nb[1], c.nb[2], c.nb[2] * sequences, each * c.nb[0]);
  const std::int64_t flat = shape.convolution * sequences * typeSize(F::fp32);
  g_.expand(g_.copy(lastInputs, g_.view(convCache, {shape.convolution * sequences, 1, 1, 1}, flat, flat, flat, 0)));
  in = g_.unary(addBias(il, "ssm_conv1d.bias", g_.ssmConv(convolved, weight(il, "ssm_conv1d.weight"))));

  const Id projected = g_.mulMat(weight(il, "ssm_x.weight"), in);
  const Node p = g_[projected];
  const std::int64_t rank = p.ne[0] - 2 * state;
  Id dt = g_.view(projected, {rank, each, sequences, 1}, p.nb[1], p.nb[2], p.nb[2] * sequences, 0);
  Id inMatrix = g_.view(projected, {state, 1, each, sequences}, state * p.nb[0], p.nb[1], p.nb[2], rank * p.nb[0]);
  Id outMatrix =
      g_.view(projected, {state, 1, each, sequences}, state * p.nb[0], p.nb[1], p.nb[2], (rank + state) * p.nb[0]);
  if (run_.kind(il).state.innerNorms) {
    const int at = static_cast<int>(il);
    dt = norm(dt, at);
    inMatrix = norm(inMatrix, at);
    outMatrix = norm(outMatrix, at);
  } else if (run_.backends.rules.oneGather) {
    dt = g_.cont(dt);
  }
  dt = addBias(il, "ssm_dt.bias", g_.mulMat(weight(il, "ssm_dt.weight"), dt));
  const Id skipped = in;
  in = g_.reshape(in, {1, inner, each, sequences});
  const Id states = g_.reshape(stateCache, {shape.state, sequences, 1, 1});
  prepareState(states);
  const Id cells = g_.reshape(states, {state, 1, inner, sequences});
  const Id scanned = g_.ssmScan(cells, in, dt, weight(il, "ssm_a"), inMatrix, outMatrix, stateMain_);
  g_.expand(scanned);
  keepExtraStates(stateCache, states, shape.state);
  const Node v = g_[in];
  const std::int64_t all = shape.state * sequences, bytes = all * typeSize(F::fp32);
  g_.expand(g_.copy(g_.view(scanned, {all, 1, 1, 1}, bytes, bytes, bytes, v.nb[3] * v.ne[3]),
                    g_.view(stateCache, {all, 1, 1, 1}, bytes, bytes, bytes, 0)));
  Id y = g_.view(scanned, {inner, each, sequences, 1}, v.nb[2], v.nb[3], v.nb[3] * sequences, 0);
  y = g_.add(y, g_.mul(skipped, weight(il, "ssm_d")));
  y = g_.glu(g_.cont(z), y);
  y = g_.mulMat(weight(il, "ssm_out.weight"), y);
  return g_.reshape(y, {g_[y].ne[0], each * sequences, 1, 1});
}

Id Builder::mamba2(std::size_t il, Id x) {
  const StateSpec& s = run_.kind(il).state;
  if (s.heads <= 0 || s.groups <= 0) throw MissingTensor();
  const std::int64_t inner = s.inner, state = s.stateSize, heads = s.heads, dim = inner / heads, groups = s.groups;
  const std::int64_t sequences = run_.sequences, each = perSequence(), channels = inner + 2 * groups * state;
  const int backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[il];
  const StateShape shape = stateShape(run_.kind(il));
  const Id convCache = g_.cache(F::fp32, {shape.convolution, sequences, 1, 1}, backend);
  const Id stateCache = g_.cache(F::fp32, {shape.state, sequences, 1, 1}, backend);

  const std::int64_t kept = s.convKernel - 1;
  const Id before = g_.reshape(readState(convCache, shape.convolution), {kept, channels, sequences, 1});
  const bool flat = run_.backends.rules.oneGather;
  if (!flat) x = g_.reshape(x, {g_[x].ne[0], each, sequences, 1});
  Id in = g_.mulMat(weight(il, "ssm_in.weight"), x);
  if (flat) in = g_.reshape(in, {g_[in].ne[0], each, sequences, 1});
  const Node n = g_[in];
  const Id z = g_.view(in, {dim, heads, each, sequences}, dim * n.nb[0], n.nb[1], n.nb[2], 0);
  const Id xbc = g_.view(in, {channels, each, sequences, 1}, n.nb[1], n.nb[2], n.nb[2] * sequences, inner * n.nb[0]);
  Id dt = g_.view(in, {heads, each, sequences, 1}, n.nb[1], n.nb[2], n.nb[2] * sequences,
                  (2 * inner + 2 * groups * state) * n.nb[0]);
  const Id all = g_.concat(before, g_.transpose(xbc), 0);
  const Node c = g_[all];
  const Id lastInputs =
      g_.view(all, {kept, channels, sequences, 1}, c.nb[1], c.nb[2], c.nb[2] * sequences, each * c.nb[0]);
  const std::int64_t row = g_[convCache].nb[1];
  g_.expand(g_.copy(lastInputs,
                    g_.view(convCache, {kept * channels, sequences, 1, 1}, row, row * sequences, row * sequences, 0)));
  const Id mixed = g_.unary(addBias(il, "ssm_conv1d.bias", g_.ssmConv(all, weight(il, "ssm_conv1d.weight"))));

  const Node m = g_[mixed];
  const Id v = g_.view(mixed, {dim, heads, each, sequences}, dim * m.nb[0], m.nb[1], m.nb[2], 0);
  const Id inMatrix =
      g_.view(mixed, {state, groups, each, sequences}, state * m.nb[0], m.nb[1], m.nb[2], inner * m.nb[0]);
  const Id outMatrix = g_.view(mixed, {state, groups, each, sequences}, state * m.nb[0], m.nb[1], m.nb[2],
                               (inner + groups * state) * m.nb[0]);
  dt = addBias(il, "ssm_dt.bias", g_.cont(dt));
  const Id states = g_.reshape(stateCache, {shape.state, sequences, 1, 1});
  prepareState(states);
  const Id cells = g_.reshape(states, {state, dim, heads, sequences});
  const Id scanned = g_.ssmScan(cells, v, dt, weight(il, "ssm_a"), inMatrix, outMatrix, stateMain_);
  g_.expand(scanned);
  keepExtraStates(stateCache, states, shape.state);
  const std::int64_t size = shape.state * typeSize(F::fp32), after = g_[v].elements() * typeSize(F::fp32);
  g_.expand(g_.copy(g_.view(scanned, {shape.state, sequences, 1, 1}, size, size * sequences, size * sequences, after),
                    g_.view(stateCache, {shape.state, sequences, 1, 1}, g_[stateCache].nb[1], size * sequences,
                            size * sequences, 0)));
  const std::int64_t head = g_[v].nb[1];
  Id y = g_.view(scanned, {dim, heads, each, sequences}, head, heads * head, each * heads * head, 0);
  y = g_.add(y, g_.mul(v, weight(il, "ssm_d")));
  y = g_.glu(g_.cont(z), y);
  if (weight(il, "ssm_norm.weight") != kNone) {
    y = g_.reshape(y, {inner / groups, groups, each, sequences});
    y = norm(y, static_cast<int>(il));
  }
  if (flat) return g_.mulMat(weight(il, "ssm_out.weight"), g_.reshape(y, {inner, each * sequences, 1, 1}));
  y = g_.reshape(y, {inner, each, sequences, 1});
  y = g_.mulMat(weight(il, "ssm_out.weight"), y);
  return g_.reshape(y, {g_[y].ne[0], each * sequences, 1, 1});
}

// Short convolution between two gates (LFM2).
Id Builder::shortConv(std::size_t il, Id x) {
  const StateSpec& s = run_.kind(il).state;
  const std::int64_t width = run_.model->hidden, sequences = run_.sequences, each = perSequence(),
                     kept = s.convKernel - 1;
  const int backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[il];
  const Id cache = g_.cache(F::fp32, {kept * width, sequences, 1, 1}, backend);
  const Id all = g_.mulMat(weight(il, "shortconv.in_proj.weight"), g_.reshape(x, {width, each, sequences, 1}));
  const Node n = g_[all];
  const auto part = [&](std::int64_t i) {
    return g_.view(all, {width, each, sequences, 1}, n.nb[1], n.nb[2], n.nb[2] * sequences, i * width * n.nb[0]);
  };
  const Id b = part(0), c = part(1), v = part(2);
  const Id gated = g_.transpose(g_.mul(b, v));
  const Id before = g_.reshape(readState(cache, kept * width), {kept, width, sequences, 1});
  const Id line = g_.concat(before, gated, 0);
  const Node l = g_[line];
  const std::int64_t flat = rowSize(F::fp32, kept * width * sequences);
  g_.expand(g_.copy(
      g_.view(line, {kept, width, sequences, 1}, l.nb[1], l.nb[2], l.nb[2] * sequences, (l.ne[0] - kept) * l.nb[0]),
      g_.view(cache, {kept * width * sequences, 1, 1, 1}, flat, flat, flat, 0)));
  const Id y = g_.mul(c, g_.ssmConv(line, weight(il, "shortconv.conv.weight")));
  return g_.reshape(g_.mulMat(weight(il, "shortconv.out_proj.weight"), y), {width, each * sequences, 1, 1});
}

// Gated delta net (Qwen3-Next), with llama.cpp's fused kernel.
Id Builder::deltaNet(std::size_t il, Id x) {
  const StateSpec& s = run_.kind(il).state;
  const std::int64_t sequences = run_.sequences, each = perSequence();
  if (s.keyHeads <= 0) throw MissingTensor();
  const std::int64_t keyDim = s.keyDim, keyHeads = s.keyHeads, dim = s.headDim, heads = s.heads, inner = heads * dim;
  const std::int64_t channels = inner + 2 * keyHeads * keyDim;
  const int backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[il];
  const StateShape shape = stateShape(run_.kind(il));
  const std::int64_t snapshots = 1 + run_.rollback, written = std::min(each, snapshots);
  const Id convCache = g_.cache(F::fp32, {shape.convolution, sequences * snapshots, 1, 1}, backend);
  const Id stateCache = g_.cache(F::fp32, {shape.state, sequences * snapshots, 1, 1}, backend);

  const Id qkv = g_.mulMat(weight(il, "attn_qkv.weight"), x);
  const Id mixed = g_.reshape(qkv, {channels, each, sequences, 1});
  const Id z = g_.mulMat(weight(il, "attn_gate.weight"), x);
  const std::int64_t ratio = heads / keyHeads;
  Id beta, alpha;
  if (const Id both = weight(il, "ssm_ba.weight"); both != kNone) {
    const Id ba = g_.reshape(g_.mulMat(both, x), {2 * ratio, keyHeads, each, sequences});
    const Node n = g_[ba];
    const Id b = g_.cont(g_.view(ba, {ratio, keyHeads, each, sequences}, n.nb[1], n.nb[2], n.nb[3], 0));
    beta = g_.unary(b);
    alpha = g_.cont(g_.view(ba, {ratio, keyHeads, each, sequences}, n.nb[1], n.nb[2], n.nb[3], ratio * n.nb[0]),
                    {heads, each, sequences, 1});
  } else {
    beta = g_.unary(g_.reshape(g_.mulMat(weight(il, "ssm_beta.weight"), x), {1, heads, each, sequences}));
    alpha = g_.reshape(g_.mulMat(weight(il, "ssm_alpha.weight"), x), {heads, each, sequences, 1});
  }
  Id gate = g_.unary(addBias(il, "ssm_dt.bias", alpha));
  gate = g_.mul(gate, weight(il, "ssm_a"));
  beta = g_.reshape(beta, {1, heads, each, sequences});
  gate = g_.reshape(gate, {1, heads, each, sequences});

  const Id input = shortConvolution(convCache, mixed, channels, s.convKernel);
  const Id state = g_.reshape(readState(stateCache, shape.state), {dim, dim, heads, sequences});
  const Id convolved = g_.unary(g_.ssmConv(input, weight(il, "ssm_conv1d.weight")));
  const std::int64_t row = rowSize(F::fp32, channels);
  Id q = g_.view(convolved, {keyDim, keyHeads, each, sequences}, rowSize(F::fp32, keyDim), row, row * each, 0);
  Id k = g_.view(convolved, {keyDim, keyHeads, each, sequences}, rowSize(F::fp32, keyDim), row, row * each,
                 rowSize(F::fp32, keyDim * keyHeads));
  const Id v = g_.view(convolved, {dim, heads, each, sequences}, rowSize(F::fp32, dim), row, row * each,
                       rowSize(F::fp32, 2 * keyDim * keyHeads));
  q = g_.like(Op::l2_norm, q);
  k = g_.like(Op::l2_norm, k);
  if (ratio > 1 && traits_.spreadHeads) {
    const auto spread = [&](Id heads1) {
      const Id tall = g_.reshape(heads1, {keyDim, 1, keyHeads, each * sequences});
      return g_.reshape(g_.repeat(tall, {keyDim, ratio, keyHeads, each * sequences}), {keyDim, heads, each, sequences});
    };
    q = spread(q);
    k = spread(k);
  }
  const Id fused = g_.gatedDeltaNet(q, k, v, gate, beta, state, snapshots);
  const std::int64_t head = rowSize(F::fp32, dim);
  const Id out = g_.view(fused, {dim, heads, each, sequences}, head, head * heads, head * heads * each, 0);
  const Id next = g_.view(fused, {dim, dim, heads, sequences}, head, head * dim, head * dim * heads,
                          head * heads * each * sequences);
  const std::int64_t stateRow = g_[stateCache].nb[1];
  if (snapshots == 1) {
    g_.expand(g_.copy(next, g_.view(stateCache, {shape.state, sequences, 1, 1}, stateRow, stateRow * sequences,
                                    stateRow * sequences, 0)));
  } else {
    const Id states = g_.view(fused, {shape.state, sequences, written, 1}, stateRow, stateRow * sequences,
                              stateRow * sequences * written, head * heads * each * sequences);
    g_.expand(g_.copy(states, g_.view(stateCache, {shape.state, sequences, written, 1}, stateRow, stateRow * sequences,
                                      stateRow * sequences * written, 0)));
  }
  const Id gateZ = g_.reshape(z, {dim, heads, each, sequences});
  const Id normed = norm(out, static_cast<int>(il));
  Id y = g_.mul(normed, g_.unary(gateZ));
  y = g_.reshape(y, {inner, each, sequences, 1});
  y = g_.mulMat(weight(il, "ssm_out.weight"), y);
  return g_.reshape(y, {run_.model->hidden, each * sequences, 1, 1});
}

}  // namespace headroom::llama
