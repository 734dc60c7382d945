#include "ui/pages/model/layer_words.h"

#include <QStringList>

#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString stateName(StateKind kind) {
  switch (kind) {
    case StateKind::none:
      return {};
    case StateKind::mamba1:
      return tr("Mamba");
    case StateKind::mamba2:
      return tr("Mamba 2");
    case StateKind::gated_delta_net:
      return tr("Gated DeltaNet");
    case StateKind::lightning:
      return tr("Lightning attention");
    case StateKind::rg_lru:
      return tr("RG-LRU");
    case StateKind::rwkv:
      return tr("RWKV");
    case StateKind::short_conv:
      return tr("Short convolution");
    case StateKind::kimi_delta:
      return tr("Kimi delta attention");
    case StateKind::mlstm:
      return tr("Matrix LSTM");
  }
  return {};
}

QString attentionName(const AttentionSpec& a) {
  const QString heads = a.kvHeads == 1 && a.heads > 1 ? tr("MQA") : a.kvHeads == a.heads ? tr("MHA") : tr("GQA");
  switch (a.kind) {
    case AttentionKind::none:
      return {};
    case AttentionKind::full:
      return a.ownsCache ? heads : tr("%1, shared cache").arg(heads);
    case AttentionKind::sliding:
      return a.ownsCache ? tr("%1, window").arg(heads) : tr("%1, window, shared cache").arg(heads);
    case AttentionKind::chunked:
      return tr("%1, chunks").arg(heads);
    case AttentionKind::latent:
      return a.indexerHeads > 0 ? tr("MLA, sparse") : tr("MLA");
    case AttentionKind::cross:
      return tr("Cross-attention");
    case AttentionKind::bidirectional:
      return tr("Both ways");
  }
  return {};
}

}  // namespace

QString mixerOf(const LayerKind& k) {
  QStringList parts;
  if (const QString name = attentionName(k.attention); !name.isEmpty()) parts << name;
  if (k.crossAttention.kind == AttentionKind::cross) parts << tr("cross-attention");
  if (const QString name = stateName(k.state.kind); !name.isEmpty()) parts << name;
  if (parts.isEmpty()) return kNothing;
  return k.encoder ? tr("%1 (encoder)").arg(parts.join(QStringLiteral(" + "))) : parts.join(QStringLiteral(" + "));
}

QString headsOf(const AttentionSpec& a) {
  if (a.kind == AttentionKind::none) return kNothing;
  if (a.kind == AttentionKind::latent)
    return QStringLiteral("%1, %2 + %3").arg(a.heads).arg(a.kvLoraRank).arg(a.ropeDim);
  const QString size = a.valueDim > 0 && a.valueDim != a.headDim
                           ? QStringLiteral("%1 / %2").arg(a.headDim).arg(a.valueDim)
                           : QString::number(a.headDim);
  return QStringLiteral("%1 / %2 × %3").arg(a.heads).arg(a.kvHeads).arg(size);
}

QString mlpOf(const MlpSpec& m, bool words) {
  if (m.kind == MlpKind::none) return kNothing;
  if (m.kind != MlpKind::experts)
    return m.kind == MlpKind::gated ? tr("gated, %1").arg(grouped(m.intermediate))
                                    : tr("plain, %1").arg(grouped(m.intermediate));
  QString text = tr("%1/%2 × %3").arg(m.expertsPerToken).arg(m.experts).arg(grouped(m.expertIntermediate));
  if (m.sharedIntermediate > 0)
    text += (words ? tr(" + shared %1") : QStringLiteral(" + %1")).arg(grouped(m.sharedIntermediate));
  if (m.intermediate > 0) text += (words ? tr(" + dense %1") : QStringLiteral(" + %1")).arg(grouped(m.intermediate));
  return text;
}

QString layerRanges(const std::vector<int>& layers) {
  QStringList runs;
  for (std::size_t i = 0; i < layers.size();) {
    std::size_t end = i;
    while (end + 1 < layers.size() && layers[end + 1] == layers[end] + 1) ++end;
    runs << (end == i ? QString::number(layers[i]) : QStringLiteral("%1–%2").arg(layers[i]).arg(layers[end]));
    i = end + 1;
  }
  return runs.join(QStringLiteral(", "));
}

}  // namespace headroom::ui
