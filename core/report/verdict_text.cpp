#include "core/report/verdict_text.h"

#include <fmt/format.h>

#include <cmath>

namespace headroom {
namespace {

constexpr int kMostDecimals = 3;

// The size in whole steps of the last decimal shown.
std::int64_t steps(Bytes bytes, ByteUnit unit, int decimals) {
  const double divisor = static_cast<double>(unit == ByteUnit::gib ? kGiB : kGB);
  return std::llround(static_cast<double>(bytes.value()) / divisor * std::pow(10.0, decimals));
}

std::string shown(std::int64_t count, int decimals) {
  return fmt::format("{:.{}f}", static_cast<double>(count) / std::pow(10.0, decimals), decimals);
}

VerdictText::Form formOf(const Judgement& j) {
  using enum VerdictText::Form;
  if (!j.refused.empty()) return refused;
  if (!j.word) return needs;
  switch (*j.word) {
    case Verdict::fits:
      return j.plain() ? fits : fits_as_modelled;
    case Verdict::tight:
      return j.givesWay > Bytes(0) ? gives_way : j.plain() ? tight : tight_as_modelled;
    case Verdict::exceeds:
      return exceeds;
  }
  return needs;
}

}  // namespace

VerdictText verdictText(const Judgement& j, ByteUnit unit) {
  VerdictText text;
  text.form = formOf(j);
  text.pool = j.pool;
  if (j.hostWeights > Bytes(0)) text.host = shown(steps(j.hostWeights, unit, 1), 1);
  if (!j.refused.empty()) text.why = j.refused.front();
  if (text.form == VerdictText::Form::needs || text.form == VerdictText::Form::refused) {
    text.need = shown(steps(j.need, unit, 1), 1);
    return text;
  }
  for (int decimals = 1; decimals <= kMostDecimals; ++decimals) {
    const std::int64_t need = steps(j.need, unit, decimals), room = steps(j.room, unit, decimals);
    const bool last = decimals == kMostDecimals;
    text.need = shown(need, decimals);
    text.room = shown(room, decimals);
    text.gap = shown(std::abs(room - need), decimals);
    const bool told = room != need || j.left == Bytes(0);
    if (last && !told) text.gap = "less than " + shown(1, decimals);
    if (told && room - need == steps(j.left, unit, decimals)) break;
  }
  return text;
}

std::string verdictSentence(const Judgement& j, ByteUnit unit) {
  using enum VerdictText::Form;
  const VerdictText t = verdictText(j, unit);
  const char* name = unitName(unit);
  if (t.form == refused) return fmt::format("Does not run: {}", t.why);
  if (t.form == needs) return fmt::format("Needs {} {}; no capacity is known", t.need, name);
  const std::string sums = fmt::format("{} of {} {}, {} {}", t.need, t.room, name, t.gap, name);
  const char* where = t.pool ? " in the KV pool" : "";
  const std::string host = t.host.empty() ? std::string() : fmt::format("; {} {} of weights on the host", t.host, name);
  switch (t.form) {
    case fits:
      return fmt::format("Fits: {} left{}{}", sums, where, host);
    case fits_as_modelled:
      return fmt::format("Fits as far as modelled: {} left{}{}", sums, where, host);
    case tight:
      return fmt::format("Tight: {} left{}{}", sums, where, host);
    case tight_as_modelled:
      return fmt::format("Tight as far as modelled: {} left{}{}", sums, where, host);
    case gives_way:
      return fmt::format("Tight: {} over that cached blocks give back", sums);
    default:
      return fmt::format("Does not fit: {} too much{}", sums, where);
  }
}

}  // namespace headroom
