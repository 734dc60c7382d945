#include "ui/pages/devices/devices_sheet.h"

#include <algorithm>
#include <cmath>

#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/languages/core_text.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

const QString kNone = QStringLiteral("–");

QString rounded(double value) {
  return value < 10 ? localNumber(value, 'f', 1) : grouped(static_cast<qint64>(std::llround(value)));
}

SheetCell number(const std::optional<double>& value) {
  return value ? SheetCell{.text = rounded(*value), .key = value}
               : SheetCell{.text = kNone, .ink = SheetCell::Ink::quiet};
}

SheetCell amount(const std::optional<Bytes>& bytes, ByteUnit unit) {
  if (!bytes) return {.text = kNone, .ink = SheetCell::Ink::quiet};
  constexpr std::int64_t kMany = 100 * kGiB;  // nobody reads its hundredths
  const int decimals = bytes->value() >= kMany || bytes->value() <= -kMany ? 0 : 2;
  return {.text = inUnit(*bytes, unit, decimals),
          .key = static_cast<double>(bytes->value()),
          .tip = withUnit(*bytes, unit)};
}

// A limit of all copies together; what has no end comes before every number when the largest is first.
SheetCell limit(const DeviceAnswer& a, const std::optional<std::int64_t>& of, std::int64_t copies, bool known) {
  if (!a.fits()) return {.text = kNone, .ink = SheetCell::Ink::quiet};
  if (!known) return {.text = QStringLiteral("…"), .ink = SheetCell::Ink::quiet};
  if (!of) return {.text = QStringLiteral("∞"), .key = 1e18, .tip = tr("Nothing bounds it")};
  const std::int64_t all = *of * copies;
  return {.text = grouped(all), .key = static_cast<double>(all)};
}

QString layoutText(const DeviceAnswer& a) {
  const ParallelSettings p = settingsOf(a.scenario).parallel;
  QStringList parts;
  const std::pair<QString, std::int64_t> ways[] = {{tr("copies of the model"), a.copies},
                                                   {tr("data parallel"), p.data},
                                                   {tr("tensor parallel"), p.tensor},
                                                   {tr("pipeline stages"), p.pipeline},
                                                   {tr("context parallel"), p.context}};
  for (const auto& [what, n] : ways)
    if (n > 1) parts << QStringLiteral("%1 %2").arg(n).arg(what);
  return parts.join(QStringLiteral(" × "));
}

QString deviceTip(const DeviceAnswer& a) {
  QStringList lines{QString::fromStdString(a.machine.label())};
  if (const Accelerator* e = a.machine.accelerator) {
    QStringList facts{shown(e->vendor), shown(e->architecture), coreText(e->segment)};
    if (e->year > 0) facts << QString::number(e->year);
    facts.removeAll(QString());
    lines << facts.join(QStringLiteral(" · "));
  }
  if (const QString layout = layoutText(a); a.fits() && !layout.isEmpty()) lines << layout;
  for (const TriedCount& t : a.tried)
    if (!t.why.empty()) lines << QStringLiteral("%1 ×: %2").arg(t.devices).arg(grouped(coreText(t.why)));
  return lines.join(QLatin1Char('\n'));
}

SheetCell ceilingCell(const DeviceAnswer& a) {
  if (!a.ceiling) return {.text = kNone, .ink = SheetCell::Ink::quiet};
  const Ceiling& c = *a.ceiling;
  const double all = c.tokensPerSecond * static_cast<double>(a.copies);
  SheetCell cell{.text = QStringLiteral("≤ ") + rounded(all), .key = all};
  cell.tip =
      tr("A ceiling, not a prediction: no engine is faster, most are well below.\n"
         "%1\n= %2 tokens × %3 GB/s ÷ (%4 + %5)")
          .arg(coreText(kCeilingFormula))
          .arg(c.tokens)
          .arg(rounded(c.gigabytesPerSecond), withUnit(c.weights, ByteUnit::gb), withUnit(c.cache, ByteUnit::gb));
  if (a.copies > 1) cell.tip += tr(", times %1 copies").arg(a.copies);
  return cell;
}

// "2026-08-19" as "08/26"
QString shortDate(const std::string& date) {
  const QString text = QString::fromStdString(date);
  return text.size() >= 7 ? text.mid(5, 2) + QLatin1Char('/') + text.mid(2, 2) : text;
}

SheetCell priceCell(const DeviceAnswer& a) {
  if (a.price == nullptr || !a.usdPerHour) return {.text = kNone, .ink = SheetCell::Ink::quiet};
  SheetCell cell{.text = QStringLiteral("%1 (%2)").arg(localNumber(*a.usdPerHour, 'f', 2), shortDate(a.price->date)),
                 .key = a.usdPerHour};
  cell.tip = tr("%1 × %2 $ an hour for “%3” at %4, as listed on %5\n%6")
                 .arg(a.devices)
                 .arg(localNumber(a.price->usdPerHour, 'f', 2), shown(a.price->named), shown(a.price->cloud),
                      shown(a.price->date), shown(a.price->source));
  return cell;
}

SheetCell countCell(const DeviceAnswer& a, bool own) {
  SheetCell cell;
  const std::int64_t asked = a.machine.count.value_or(0);
  cell.text = a.fits() ? grouped(a.devices) : own ? grouped(asked) : kNone;
  if (a.fits() || own) cell.key = static_cast<double>(a.fits() ? a.devices : asked);
  cell.ink = own ? SheetCell::Ink::accent : SheetCell::Ink::plain;
  cell.editable = a.machine.most == std::nullopt;
  cell.tip = own ? tr("Your own number; empty it for the least that fits")
                 : tr("The least number that fits; type another to ask for it");
  return cell;
}

SheetCell fitCell(const DeviceAnswer& a) {
  SheetCell cell;
  if (!a.verdict) return {.text = tr("Unknown"), .ink = SheetCell::Ink::quiet};
  cell.text = a.refused.empty() ? verdictWord(*a.verdict, a.unmodelled.empty()) : tr("Does not run");
  cell.key = static_cast<double>(*a.verdict);
  cell.verdict = a.verdict;
  QStringList why{cell.text};
  for (const std::string& r : a.refused) why << coreText(r);
  for (const std::string& u : a.unmodelled) why << tr("Not modelled: %1").arg(coreText(u));
  if (!a.fits() && !a.tried.empty()) why << grouped(coreText(a.tried.back().why));
  cell.tip = why.join(QLatin1Char('\n'));
  return cell;
}

}  // namespace

DeviceRequest pinOf(const DeviceAnswer& a) {
  DeviceRequest d = a.machine.request();
  d.count = std::max<std::int64_t>(
      1, a.fits() ? a.devices / std::max<std::int64_t>(1, a.copies) : a.machine.count.value_or(1));
  return d;
}

bool isPinned(const DeviceAnswer& a, const Snapshot& s) {
  const DeviceRequest pin = a.machine.request();
  return std::ranges::any_of(
      s.compared, [&](const DeviceRequest& d) { return d.accelerator == pin.accelerator && d.memory == pin.memory; });
}

Sheet devicesSheet(std::span<const DeviceAnswer> answers, const DeviceQuestion& question, const Snapshot& s) {
  const bool serving = !isTraining(s.scenario.workload);
  const QString unit = QString::fromLatin1(unitName(s.unit));
  Sheet sheet;
  sheet.columns = {
      {.head = {}, .tip = tr("Pinned to the chart"), .number = false, .digits = 4},
      {.head = tr("Accelerator"), .number = false},
      {.head = tr("n"), .tip = tr("The least number of devices that fits; type your own"), .digits = 3},
      {.head = tr("Fit"), .number = false, .digits = 14},
      {.head = tr("Left, %1").arg(unit), .tip = tr("What is left of the fullest device"), .digits = 8, .rank = 1},
      {.head = serving ? tr("Max users") : tr("Max batch"),
       .tip = serving ? tr("Sequences of the asked context at once, over all copies") : tr("The largest micro-batch"),
       .digits = 7,
       .rank = 1},
      {.head = tr("Max context"), .digits = 9, .rank = 2},
      {.head = tr("Memory"),
       .tip = tr("Of one device: what a process can allocate, %1").arg(unit),
       .digits = 6,
       .rank = 4},
      {.head = tr("GB/s"), .tip = tr("Memory bandwidth of one device"), .digits = 5, .rank = 4},
      {.head = tr("≤ tok/s"),
       .tip = tr("Ceiling of generation from memory bandwidth, all sequences together:\n%1")
                  .arg(coreText(kCeilingFormula)),
       .digits = 6,
       .rank = 2},
      {.head = tr("W"), .tip = tr("Power limit of one device"), .digits = 4, .rank = 5},
      {.head = tr("$/h (listed)"),
       .tip = tr("On demand, all devices, with the month of the list"),
       .digits = 10,
       .rank = 3},
      {.head = tr("Year"), .digits = 4, .rank = 6},
  };
  for (const DeviceAnswer& a : answers) {
    const Accelerator* entry = a.machine.accelerator;
    const bool own = a.machine.count.has_value();
    SheetRow row;
    const bool pinned = isPinned(a, s);
    row.strong = pinned;
    row.cells.push_back({.text = pinned ? QStringLiteral("▣") : QStringLiteral("▢"),
                         .key = pinned ? 0.0 : 1.0,
                         .tip = pinned ? tr("Take it off the chart") : tr("Pin it to the chart"),
                         .ink = pinned ? SheetCell::Ink::accent : SheetCell::Ink::quiet});
    row.cells.push_back({.text = QString::fromStdString(a.machine.label()), .tip = deviceTip(a)});
    row.cells.push_back(countCell(a, own));
    row.cells.push_back(fitCell(a));
    row.cells.push_back(amount(a.verdict ? std::optional(a.left) : std::nullopt, s.unit));
    if (a.fits() && a.left < Bytes(0))
      row.cells.back().tip = tr("%1 over that cached blocks give back").arg(withUnit(Bytes(0) - a.left, s.unit));
    row.cells.push_back(
        limit(a, serving ? a.limits.sequences : a.limits.batch, serving ? a.copies : 1, question.limits));
    row.cells.push_back(limit(a, a.limits.context, 1, question.limits));
    row.cells.push_back(amount(a.machine.capacity(), s.unit));
    row.cells.push_back(number(a.machine.gigabytesPerSecond()));
    row.cells.push_back(ceilingCell(a));
    row.cells.push_back(number(entry != nullptr && a.machine.part == nullptr ? entry->tdpWatts : std::nullopt));
    row.cells.push_back(priceCell(a));
    row.cells.push_back(entry != nullptr && entry->year > 0
                            ? SheetCell{.text = QString::number(entry->year), .key = entry->year}
                            : SheetCell{.text = kNone, .ink = SheetCell::Ink::quiet});
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

QString devicesSentence(std::span<const DeviceAnswer> answers, const Snapshot& s) {
  const auto named = [](const DeviceAnswer& a) {
    return QStringLiteral("%1 × %2").arg(a.devices).arg(QString::fromStdString(a.machine.label()));
  };
  std::vector<DeviceAnswer> running, fitting;
  for (const DeviceAnswer& a : answers)
    if (a.fits()) {
      running.push_back(a);
      if (a.verdict == Verdict::fits) fitting.push_back(a);
    }
  if (running.empty() && answers.empty()) return {};
  if (running.empty())
    return isTraining(s.scenario.workload) ? tr("None of these runs it; Plan lays it out over a fleet")
                                           : tr("None of these runs it");
  putInOrder(running, DeviceOrder::smallest);
  putInOrder(fitting, DeviceOrder::smallest);
  const DeviceAnswer& least = running.front();
  const QString left = withUnit(least.left < Bytes(0) ? Bytes(0) - least.left : least.left, s.unit);
  QString smallest = least.verdict == Verdict::fits ? tr("Smallest: %1, %2 left").arg(named(least), left)
                     : least.left < Bytes(0)
                         ? tr("Smallest: %1, tight, %2 over that cached blocks give back").arg(named(least), left)
                         : tr("Smallest: %1, tight, %2 left").arg(named(least), left);
  // The table's first row may be tight; what has room to spare is named beside it.
  if (least.verdict != Verdict::fits && !fitting.empty())
    smallest += QLatin1Char('\n') +
                tr("With room: %1, %2 left").arg(named(fitting.front()), withUnit(fitting.front().left, s.unit));
  putInOrder(running, DeviceOrder::price);
  putInOrder(fitting, DeviceOrder::price);
  const DeviceAnswer& cheapest = running.front();
  if (!cheapest.usdPerHour) return smallest;
  const auto asked = [](const DeviceAnswer& a) { return localNumber(*a.usdPerHour, 'f', 2); };
  const auto listed = [](const DeviceAnswer& a) { return QString::fromStdString(a.price->date).left(7); };
  smallest += QLatin1Char('\n');
  if (cheapest.verdict == Verdict::fits)
    return smallest +
           tr("Cheapest: %1, %2 $ an hour (listed %3)").arg(named(cheapest), asked(cheapest), listed(cheapest));
  // As the table in the order of prices has it, and what has room to spare beside it.
  smallest +=
      tr("Cheapest: %1, tight, %2 $ an hour (listed %3)").arg(named(cheapest), asked(cheapest), listed(cheapest));
  if (fitting.empty() || !fitting.front().usdPerHour) return smallest;
  const DeviceAnswer& roomy = fitting.front();
  return smallest + QStringLiteral(" · ") +
         tr("with room: %1, %2 $ (%3)").arg(named(roomy), asked(roomy), listed(roomy));
}

}  // namespace headroom::ui
