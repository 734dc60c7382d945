#include "core/estimate/training/replay/checkpointed.h"

#include <utility>

namespace headroom::training {

Var checkpointed(Tape& tape, const Var& x, bool reentrant, std::function<Var(const Var&, bool)> body) {
  const bool recorded = tape.recording();
  tape.record(false);
  Var out = body(x, false);
  tape.record(recorded);
  if (!recorded) return out;
  const Var input = tape.detach(x);
  return tape.custom(out, x, {&input}, [&tape, reentrant, input, body = std::move(body)](Var gradient) {
    const Var held = reentrant ? gradient : Var();
    const std::size_t floor = tape.mark();
    const bool recordedThen = tape.recording();
    tape.record(true);
    const Var leaf = tape.leaf(input);
    const Var again = body(leaf, !reentrant);
    tape.backward(again, std::move(gradient), floor);
    tape.record(recordedThen);
    return tape.gradientOf(leaf);
  });
}

}  // namespace headroom::training
