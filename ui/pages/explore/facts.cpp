#include "ui/pages/explore/facts.h"

#include <algorithm>
#include <utility>

#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

// Chips for what core says in a sentence; a warning without a row here is shown by the words of its code.
constexpr std::pair<std::string_view, const char*> kShort[] = {
    {"idle-devices", QT_TRANSLATE_NOOP("headroom::ui", "devices idle")},
    {"more-devices", QT_TRANSLATE_NOOP("headroom::ui", "more devices than named")},
    {"context-cut", QT_TRANSLATE_NOOP("headroom::ui", "context is cut")},
    {"engine-refuses", QT_TRANSLATE_NOOP("headroom::ui", "the engine refuses it")},
    {"architecture-unknown", QT_TRANSLATE_NOOP("headroom::ui", "unknown to the engine")},
    {"cache-not-quantized", QT_TRANSLATE_NOOP("headroom::ui", "cache stays unquantized")},
    {"unknown-accelerator", QT_TRANSLATE_NOOP("headroom::ui", "unknown accelerator")},
    {"unknown-framework", QT_TRANSLATE_NOOP("headroom::ui", "unknown training code")},
    {"no-kv-room", QT_TRANSLATE_NOOP("headroom::ui", "no room for a KV cache")},
    {"weights-assumed", QT_TRANSLATE_NOOP("headroom::ui", "weight format assumed")},
    {"calibration-set-aside", QT_TRANSLATE_NOOP("headroom::ui", "calibration set aside")},
};

bool isFact(const Diagnostic& d) {
  return d.severity >= Severity::warning ||
         std::ranges::any_of(kShort, [&](const auto& s) { return s.first == d.code; });
}

QString shortOf(const Diagnostic& d) {
  for (const auto& [code, text] : kShort)
    if (code == d.code) return tr(text);
  return fromView(d.code).replace(QLatin1Char('-'), QLatin1Char(' '));
}

void addContext(const Snapshot& s, std::vector<Fact>& out) {
  const std::int64_t trained = s.scenario.model->maxContext;
  if (trained <= 0) return;
  if (s.settings.context > trained) {
    out.push_back({tr("⚠ beyond the trained %1").arg(tokensLabel(trained)),
                   tr("The model was trained for %1 tokens, %2 are asked. Memory is counted for all of them; what the "
                      "model makes of them is another question.")
                       .arg(grouped(trained), grouped(s.settings.context))});
  } else if (s.limits.context && *s.limits.context > trained) {
    out.push_back({tr("ⓘ model ends at %1").arg(tokensLabel(trained)),
                   tr("There would be memory for %1 tokens, but the model was trained for %2.")
                       .arg(grouped(*s.limits.context), grouped(trained))});
  }
}

}  // namespace

std::vector<Fact> factsOf(const Snapshot& s) {
  const Estimate& e = s.estimate;
  std::vector<Fact> out;
  for (const std::string& why : e.refused) out.push_back({tr("✕ does not run"), grouped(coreText(why))});
  for (const Diagnostic& d : e.diagnostics)
    if (isFact(d)) out.push_back({tr("⚠ %1").arg(shortOf(d)), grouped(coreText(d.message))});
  if (!e.unmodelled.empty()) {
    QStringList what;
    for (const std::string& u : e.unmodelled) what << coreText(u);
    out.push_back({e.unmodelled.size() == 1 ? tr("✂ %1 not counted").arg(what.front())
                                            : tr("✂ %1 things not counted").arg(e.unmodelled.size()),
                   tr("Memory depends on it, and it is not counted: %1.").arg(what.join(QStringLiteral(", ")))});
  }
  QStringList without;
  for (const Diagnostic& d : e.diagnostics)
    if (d.severity == Severity::ignored) without << grouped(coreText(d.message));
  if (!without.isEmpty())
    out.push_back({tr("⚠ %n settings without effect", nullptr, static_cast<int>(without.size())),
                   without.join(QLatin1Char('\n'))});
  addContext(s, out);
  // A code that speaks twice is one chip with both sentences.
  for (std::size_t i = 0; i < out.size(); ++i)
    for (std::size_t j = out.size(); --j > i;)
      if (out[j].text == out[i].text) {
        out[i].reason += QLatin1Char('\n') + out[j].reason;
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(j));
      }
  return out;
}

}  // namespace headroom::ui
