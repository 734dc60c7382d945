#include "ui/charts/stack.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "core/analysis/verdict.h"
#include "core/report/explanation.h"
#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
Bytes Stack::extent() const {
  Bytes largest = std::max(total, high);
  if (capacity) largest = std::max(largest, *capacity);
  return largest;
}

Stack stackOf(const RankEstimate& rank, const QString& label) {
  Stack stack;
  stack.label = label;
  stack.devices = rank.devices;
  for (std::size_t i = 0; i < kComponentCount; ++i) stack.bytes[i] = rank.ledger.bytes(static_cast<ComponentId>(i));
  stack.total = rank.device;
  stack.low = rank.low;
  stack.high = rank.high;
  stack.capacity = rank.capacity;
  stack.limit = rank.usable;
  stack.releasable = rank.releasable;
  stack.verdict = rank.verdict;
  return stack;
}

std::vector<Stack> rankStacks(const Snapshot& snapshot) {
  std::vector<Stack> stacks;
  for (const RankEstimate& rank : snapshot.estimate.ranks) {
    stacks.push_back(stackOf(rank, coreText(rank.label)));
    stacks.back().allModelled = snapshot.estimate.unmodelled.empty();
  }
  const auto& devices = snapshot.scenario.devices;
  if (stacks.size() == 1 && devices.size() == 1 && devices.front().entry) {
    stacks.front().label = QString::fromStdString(devices.front().entry->name);
  }
  return stacks;
}

std::vector<Stack> momentStacks(const Snapshot& snapshot) {
  std::vector<Stack> stacks;
  if (snapshot.estimate.ranks.empty()) return stacks;
  const RankEstimate& rank = snapshot.estimate.heaviest();
  for (const Moment& moment : rank.moments) {
    Stack stack = stackOf(rank, coreText(moment.name));
    stack.devices = 1;
    stack.releasable = Bytes(0);
    stack.bytes = moment.bytes;
    stack.total = stack.low = stack.high = moment.total();
    stacks.push_back(std::move(stack));
  }
  return stacks;
}

std::vector<Stack> deviceStacks(const std::vector<ComparedColumn>& columns) {
  std::vector<Stack> stacks;
  for (const ComparedColumn& column : columns) {
    if (column.estimate.ranks.empty()) continue;
    const RankEstimate& rank = decidingRank(column.estimate);
    const QString name = deviceName(column.scenario);
    stacks.push_back(stackOf(rank, name.isEmpty() ? coreText(rank.label) : name));
    stacks.back().verdict = column.estimate.verdict();
    stacks.back().allModelled = column.estimate.unmodelled.empty();
  }
  return stacks;
}

QString deviceName(const Scenario& scenario) {
  QStringList names;
  for (const DeviceRequest& request : scenario.devices) {
    const QString name = shown(request.entry ? request.entry->name : request.accelerator);
    if (name.isEmpty()) continue;
    names += request.count > 1 ? QStringLiteral("%1 × %2").arg(request.count).arg(name) : name;
  }
  return names.join(QStringLiteral(" + "));
}

std::vector<ComponentId> shownComponents(const std::vector<Stack>& stacks) {
  std::vector<ComponentId> shown;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const bool any = std::any_of(stacks.begin(), stacks.end(), [i](const Stack& s) { return s.bytes[i] != Bytes(0); });
    if (any) shown.push_back(static_cast<ComponentId>(i));
  }
  return shown;
}

QString segmentTip(const Stack& stack, ComponentId id, const Ledger* ledger, ByteUnit unit) {
  QString tip =
      QStringLiteral("<p style='white-space:nowrap'><b>%1</b>&nbsp; %2, %3")
          .arg(componentName(id).toHtmlEscaped(), withUnit(stack.at(id), unit), share(stack.at(id), stack.total));
  tip += QStringLiteral("<br/>%1 B").arg(grouped(stack.at(id).value()));
  if (!ledger) return tip + QStringLiteral("</p>");
  const Explanation why = explain(*ledger, id);
  if (!why.lines.empty()) {
    const ExplainedLine& line = why.lines.front();
    tip += QStringLiteral("</p><p>%1<br/>= %2")
               .arg(coreFormula(line.symbols).toHtmlEscaped(), grouped(coreFormula(line.numbers)).toHtmlEscaped());
    const auto more = static_cast<int>(why.lines.size()) - 1;
    if (more > 0) tip += QStringLiteral("<br/>") + headroom::ui::tr("and %n more lines", nullptr, more);
  }
  return tip + QStringLiteral("</p>");
}

QString spoken(const Stack& stack, ByteUnit unit) {
  QStringList parts;
  for (ComponentId id : shownComponents({stack}))
    parts += componentName(id) + QLatin1Char(' ') + inUnit(stack.at(id), unit);
  QString head = withUnit(stack.total, unit);
  if (stack.capacity) head = headroom::ui::tr("%1 of %2").arg(head, withUnit(*stack.capacity, unit));
  if (stack.verdict) head = verdictWord(*stack.verdict, stack.allModelled) + QStringLiteral(": ") + head;
  if (!stack.label.isEmpty()) head = stack.label + QStringLiteral(": ") + head;
  return head + QStringLiteral(". ") + parts.join(QStringLiteral(", ")) + QLatin1Char('.');
}

}  // namespace headroom::ui
