#include "ui/pages/explore/figure_text.h"

#include <cmath>

#include "core/evidence/calibrate.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {}  // namespace

QString figureName(const std::string& figure, const std::string& group) {
  // What vLLM and SGLang print is what their pool holds, not what is asked of it.
  if (figure == "kv_cache" && (group == "vllm" || group == "sglang")) return tr("KV pool");
  if (figure == "kv_tokens") return tr("KV tokens");
  if (figure == "kv_bytes_per_token") return tr("KV cache per token");
  if (figure == "trainable_parameters") return tr("Trainable parameters");
  if (figure == "allocated") return tr("Allocated, peak");
  if (figure == "reserved") return tr("Reserved, peak");
  if (figure == "device") return tr("Whole device");
  std::string_view id = figure;
  const bool host = id.starts_with("host.");
  if (host) id.remove_prefix(5);
  for (std::size_t i = 0; i < kComponentCount; ++i)
    if (idOf(static_cast<ComponentId>(i)) == id) {
      const QString name = componentName(static_cast<ComponentId>(i));
      return host ? tr("%1, host").arg(name) : name;
    }
  return QString::fromStdString(figure);
}

QString figureValue(const std::string& figure, double value, ByteUnit unit) {
  const Bytes bytes = toBytes(value);
  if (isCount(figure)) return grouped(bytes.value());
  if (figure == "kv_bytes_per_token") return grouped(bytes.value()) + QChar(QChar::Nbsp) + QLatin1Char('B');
  return withUnit(bytes, unit);
}

QString errorText(double error) {
  const double percent = 100 * error;
  const int decimals = std::abs(percent) < 9.995 ? 2 : std::abs(percent) < 99.95 ? 1 : 0;
  QString number = QString::number(std::abs(percent), 'f', decimals);
  const bool zero = number.toDouble() == 0;
  return (zero          ? QString()
          : percent < 0 ? QStringLiteral("−")
                        : QStringLiteral("+")) +
         localNumber(number) + QChar(QChar::Nbsp) + QLatin1Char('%');
}

}  // namespace headroom::ui
