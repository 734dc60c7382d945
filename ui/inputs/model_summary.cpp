#include "ui/inputs/model_summary.h"

#include <QStringList>

#include "core/base/format.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {}  // namespace

QString attentionSummary(const Model& model) {
  const LayerKind* usual = nullptr;
  int recurrent = 0, windowed = 0, attending = 0;
  for (const LayerKind& k : model.kinds) {
    if (k.state.kind != StateKind::none) recurrent += k.count;
    if (k.attention.kind == AttentionKind::none) continue;
    attending += k.count;
    if (k.attention.kind == AttentionKind::sliding || k.attention.kind == AttentionKind::chunked) windowed += k.count;
    if (usual == nullptr || k.count > usual->count) usual = &k;
  }
  if (usual == nullptr) return recurrent > 0 ? tr("recurrent, no KV cache") : tr("no attention");
  const AttentionSpec& a = usual->attention;
  QString text;
  if (a.kind == AttentionKind::latent)
    text = tr("MLA");
  else if (a.kvHeads == 1)
    text = tr("MQA");
  else if (a.kvHeads == a.heads)
    text = tr("MHA");
  else
    text = tr("GQA, %1 KV heads").arg(a.kvHeads);
  if (windowed > 0) text += tr(", %1 of %2 windowed").arg(windowed).arg(attending);
  if (recurrent > 0) text += tr(", %1 recurrent").arg(recurrent);
  return text;
}

QString modelSummary(const Model& model) {
  QStringList parts;
  const QString parameters = countShort(model.parameters);
  parts << (model.activeParameters < model.parameters
                ? tr("%1 parameters, %2 active").arg(parameters, countShort(model.activeParameters))
                : tr("%1 parameters").arg(parameters));
  parts << tr("%1 layers").arg(model.layers()) << attentionSummary(model);
  if (model.maxContext > 0) parts << tr("%1 context").arg(tokensLabel(model.maxContext));
  return parts.join(QStringLiteral(" · "));
}

}  // namespace headroom::ui
