// The verdict in words. Its numbers stand once, here, rounded so that they add up as printed; the words are English
// here and the window's own translations there.
#pragma once

#include <string>

#include "core/analysis/verdict.h"
#include "core/base/format.h"

namespace headroom {

// What a sentence is made of: which sentence, and its numbers in the unit without the unit's name ("10.2").
struct VerdictText {
  enum class Form {
    needs,              // no capacity is known; only `need` is set
    fits,               // need of room, gap left
    fits_as_modelled,   // the same, and something is not counted
    tight,              // need of room, gap left
    tight_as_modelled,  // the same, and something is not counted
    gives_way,          // need of room: gap over it, which cached blocks give back
    exceeds,            // need of room, gap short
    refused,            // it would not run; only `need` and `why` are set
  };
  Form form = Form::needs;
  std::string need, room, gap;  // room − need = ±gap in the decimals shown
  bool pool = false;            // what is left or short is so in the engine's KV pool
  std::string host;             // weights in the host's memory (Judgement::hostWeights); empty for none
  std::string why;              // it would not run
};

// One decimal; up to three where it takes them to tell need and room apart, or for the three, each rounded for itself,
// to add up. Beyond that the gap is the difference of the other two, or "less than 0.001".
VerdictText verdictText(const Judgement& judgement, ByteUnit unit);

// "Fits: 10.2 of 23.7 GiB, 13.5 GiB left", "Tight: 22.1 of 23.6 GiB, 1.5 GiB left; 33.4 GiB of weights on the host",
// "Does not fit: 21.6 of 20.7 GiB, 0.9 GiB too much in the KV pool", "Needs 10.2 GiB; no capacity is known", "Does not
// run: 32 attention heads …". With something that is not modelled never a plain "Fits". Never localized.
std::string verdictSentence(const Judgement& judgement, ByteUnit unit);

}  // namespace headroom
