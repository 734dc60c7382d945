#include "ui/pages/explore/headline.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/document/field.h"
#include "ui/inputs/stop_scale.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Headline", text);
}

// The rank that decides: the heaviest of those with the worst verdict.
const RankEstimate& decisive(const Estimate& e) {
  const std::optional<Verdict> worst = e.verdict();
  for (const RankEstimate& r : e.ranks)
    if (r.verdict == worst) return r;
  return e.heaviest();
}

QString detailOf(const Estimate& e, const RankEstimate& r, ByteUnit unit) {
  QStringList parts;
  if (e.ranks.size() > 1)
    parts << tr("%1 decides").arg(QString::fromStdString(r.label));
  else if (r.devices > 1)
    parts << tr("on each of %1 devices").arg(r.devices);
  if (r.low < r.device || r.high > r.device)
    parts << tr("measured runs suggest %1 – %2").arg(inUnit(r.low, unit, 1), withUnit(r.high, unit, 1));
  if (!r.peakMoment.empty()) parts << tr("peak: %1").arg(fromView(r.peakMoment));
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
  const RankEstimate& r = decisive(e);
  Headline h;
  h.verdict = e.verdict();
  h.detail = detailOf(e, r, unit);
  if (!h.verdict || !r.headroom) {
    h.sentence = tr("Needs %1").arg(withUnit(r.device, unit, 1));
    return h;
  }
  // What there is for this: usable memory, or what an engine's claim leaves for it.
  const Bytes room = r.device + *r.headroom;
  const int decimals = decimalsTelling(*r.headroom, unit);
  const QString need = inUnit(r.device, unit, decimals), of = withUnit(room, unit, decimals);
  if (*h.verdict == Verdict::exceeds)
    h.sentence =
        tr("Does not fit — %1 of %2, %3 short").arg(need, of, withUnit(Bytes(0) - *r.headroom, unit, decimals));
  else
    h.sentence = (*h.verdict == Verdict::fits ? tr("Fits — %1 of %2, %3 left") : tr("Tight — %1 of %2, %3 left"))
                     .arg(need, of, withUnit(*r.headroom, unit, decimals));
  return h;
}

}  // namespace headroom::ui
