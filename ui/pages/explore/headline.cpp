#include "ui/pages/explore/headline.h"

#include <QStringList>

#include "core/report/verdict_text.h"
#include "ui/document/field.h"
#include "ui/languages/core_text.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/grouped_number.h"
#include "ui/style/names.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

// "Fits — %1 of %2, %3 left" and its like: what of how much, and what that leaves or lacks.
QString patternOf(const VerdictText& t) {
  using enum VerdictText::Form;
  switch (t.form) {
    case needs:
      return tr("Needs %1");
    case fits:
      return t.pool ? tr("Fits — %1 of %2, %3 left in the KV pool") : tr("Fits — %1 of %2, %3 left");
    case fits_as_modelled:
      return t.pool ? tr("Fits as far as modelled — %1 of %2, %3 left in the KV pool")
                    : tr("Fits as far as modelled — %1 of %2, %3 left");
    case tight:
      return t.pool ? tr("Tight — %1 of %2, %3 left in the KV pool") : tr("Tight — %1 of %2, %3 left");
    case tight_as_modelled:
      return t.pool ? tr("Tight as far as modelled — %1 of %2, %3 left in the KV pool")
                    : tr("Tight as far as modelled — %1 of %2, %3 left");
    case gives_way:
      return tr("Tight — %1 of %2, %3 over that cached blocks give back");
    case refused:
      return tr("Does not run — %1");
    case exceeds:
      return t.pool ? tr("Does not fit — %1 of %2, %3 short in the KV pool") : tr("Does not fit — %1 of %2, %3 short");
  }
  return {};
}

// Of tens of thousands nobody reads the hundredths; the largest text of the page has no room for them either.
QString readable(const std::string& text) {
  constexpr double kMany = 10'000;
  const QString number = QString::fromStdString(text);
  bool whole = false;
  const double value = number.toDouble(&whole);
  return whole && value >= kMany ? grouped(qRound64(value)) : localNumber(groupedNumber(number));
}

QString sentenceOf(const VerdictText& t, ByteUnit unit) {
  const auto named = [&](const std::string& number) {
    return readable(number) + QChar(QChar::Nbsp) + QLatin1String(unitName(unit));
  };
  if (t.form == VerdictText::Form::refused) return patternOf(t).arg(coreText(t.why));
  if (t.form == VerdictText::Form::needs) return patternOf(t).arg(named(t.need));
  // The largest text of the page has no room for "less than".
  const QString gap = named(t.gap).replace(QLatin1String("less than "), QStringLiteral("< "));
  return patternOf(t).arg(readable(t.need), named(t.room), gap);
}

QString detailOf(const Estimate& e, const Judgement& judgement, ByteUnit unit) {
  const RankEstimate& r = e.ranks[judgement.rank];
  QStringList parts;
  for (const std::string& what : judgement.unmodelled) parts << tr("not modelled: %1").arg(coreText(what));
  if (e.ranks.size() > 1)
    parts << tr("%1 decides").arg(coreText(r.label));
  else if (r.devices > 1)
    parts << tr("on each of %1 devices").arg(r.devices);
  if (r.low < r.device || r.high > r.device)
    parts << tr("measured runs suggest %1 – %2").arg(inUnit(r.low, unit, 1), withUnit(r.high, unit, 1));
  if (!r.peakMoment.empty()) parts << tr("peak: %1").arg(coreText(r.peakMoment));
  if (r.claimed) parts << tr("the engine claims %1").arg(withUnit(*r.claimed, unit, 1));
  if (parts.isEmpty() && r.capacity)
    parts << tr("%1 of device memory can be allocated").arg(withUnit(*r.capacity, unit, 2));
  if (e.host.total() > Bytes(0)) parts << tr("%1 in host memory").arg(withUnit(e.host.total(), unit, 1));
  return parts.join(QStringLiteral("  ·  "));
}

}  // namespace

QString questionOf(const Snapshot& s) {
  const QString engine = spelled(nameOf(s.settings.engine));
  QString what;
  switch (s.scenario.workload) {
    case Workload::inference:
      what = tr("Inference with %1");
      break;
    case Workload::lora:
      what = tr("LoRA with %1");
      break;
    case Workload::qlora:
      what = tr("QLoRA with %1");
      break;
    case Workload::full:
      what = tr("Full training with %1");
      break;
  }
  const QStringList numbers{tr("batch %1").arg(grouped(s.settings.batch)),
                            tr("%1 tokens").arg(tokensLabel(s.settings.context)), formatLabel(s.settings.weights)};
  return what.arg(engine) + QLatin1Char('\n') + numbers.join(QStringLiteral(" · "));
}

Headline headlineOf(const Estimate& e, ByteUnit unit) {
  const Judgement judgement = judge(e);
  const VerdictText text = verdictText(judgement, unit);
  Headline h;
  h.verdict = judgement.word;
  h.sentence = sentenceOf(text, unit);
  h.detail = detailOf(e, judgement, unit);
  VerdictText longest = text;
  longest.need = longest.room = "123.45", longest.gap = "123.4";
  if (text.form == VerdictText::Form::needs || text.form == VerdictText::Form::fits ||
      text.form == VerdictText::Form::tight)
    longest.form = VerdictText::Form::exceeds;
  h.longest = sentenceOf(longest, unit);
  return h;
}

}  // namespace headroom::ui
