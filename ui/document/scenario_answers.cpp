#include "ui/document/scenario_answers.h"

#include <algorithm>

#include "core/analysis/verdict.h"
#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr std::int64_t kLeastTop = 32768;

std::int64_t topOf(const Scenario& s) {
  return std::max({kLeastTop, s.model ? s.model->maxContext : 0, settingsOf(s).context});
}

}  // namespace

QString scenarioLetter(std::size_t scenario) {
  return QString(QChar(static_cast<char16_t>(u'A' + scenario % 26)));
}

QString scenarioName(const Scenario& s) {
  if (!s.name.empty()) return shown(s.name);
  if (!s.model) return {};
  QStringList parts{modelLabel(*s.model)};
  if (isTraining(s.workload)) parts << valueText(Field::workload, s);
  parts << formatLabel(settingsOf(s).weights);
  return parts.join(QLatin1Char(' '));
}

ScenarioAnswers::Answer& ScenarioAnswers::answerTo(const ScenarioPointer& scenario) {
  const auto found = std::ranges::find(answers_, scenario, &Answer::scenario);
  if (found != answers_.end()) return *found;
  Answer& answer = answers_.emplace_back();
  answer.scenario = scenario;
  estimateInto(*scenario, answer.column.estimate, Detail::lines);
  answer.column.scenario = *scenario;
  return answer;
}

void ScenarioAnswers::build(const Work& work, bool full, Snapshot& snapshot) {
  // What is no scenario of the document any more is let go.
  std::erase_if(answers_,
                [&](const Answer& a) { return std::ranges::find(work.scenarios, a.scenario) == work.scenarios.end(); });
  snapshot.current = work.current;
  snapshot.baseline = work.baseline;
  snapshot.scenarios.clear();
  snapshot.scenarioColumns.clear();
  snapshot.scenarioCurves.clear();
  std::int64_t top = 0;
  if (full)
    for (const ScenarioPointer& s : work.scenarios) top = std::max(top, topOf(*s));
  for (std::size_t i = 0; i < work.scenarios.size(); ++i) {
    const Scenario& scenario = *work.scenarios[i];
    ScenarioEntry& entry = snapshot.scenarios.emplace_back();
    entry.label = scenarioLetter(i) + QStringLiteral("  ") + scenarioName(scenario);
    if (i == work.current && !full) {
      entry.verdict = judge(snapshot.estimate).word;
      continue;
    }
    Answer& answer = answerTo(work.scenarios[i]);
    entry.verdict = judge(answer.column.estimate).word;
    if (!full) continue;
    if (!answer.full) compareInto(scenario, answer.column);
    answer.full = true;
    if (answer.top != top) ownContextCurve(scenario, top, answer.curve, scratch_);
    answer.top = top;
    snapshot.scenarioColumns.push_back(answer.column);
    snapshot.scenarioCurves.push_back(answer.curve);
  }
}

}  // namespace headroom::ui
