#include "ui/style/tokens_label.h"

#include "core/base/tokens.h"
#include "ui/style/text.h"

namespace headroom::ui {

QString tokensLabel(qint64 tokens) {
  return grouped(QString::fromStdString(formatTokens(tokens)));
}

}  // namespace headroom::ui
