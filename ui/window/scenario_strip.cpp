#include "ui/window/scenario_strip.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

#include "ui/document/document.h"
#include "ui/document/scenario_answers.h"
#include "ui/pages/explore/fit_banner.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kIcon = 14, kMostTab = 240;

QIcon verdictIcon(std::optional<Verdict> verdict, double ratio) {
  QPixmap picture(QSize(kIcon, kIcon) * ratio);
  picture.setDevicePixelRatio(ratio);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  VerdictIcon::paint(painter, QRectF(0, 0, kIcon, kIcon), verdict);
  return QIcon(picture);
}

}  // namespace

ScenarioStrip::ScenarioStrip(Document& document, QWidget* parent)
    : QWidget(parent), document_(document), tabs_(new QTabBar(this)) {
  setObjectName(QStringLiteral("scenarioStrip"));
  setProperty("scenarioKey", QStringLiteral("name"));
  setAttribute(Qt::WA_StyledBackground);
  tabs_->setObjectName(QStringLiteral("scenarioTabs"));
  tabs_->setAccessibleName(tr("Scenarios of this document"));
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  tabs_->setMovable(true);
  tabs_->setTabsClosable(false);
  tabs_->setElideMode(Qt::ElideRight);
  tabs_->setUsesScrollButtons(true);
  tabs_->setIconSize(QSize(kIcon, kIcon));
  tabs_->setToolTip(tr("Double click renames, a drag reorders, the menu key has the rest"));
  tabs_->installEventFilter(this);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 0, 8, 0);
  row->addWidget(tabs_, 1);
  connect(tabs_, &QTabBar::currentChanged, this, [this](int index) {
    if (!rendering_ && index >= 0) document_.show(static_cast<std::size_t>(index));
  });
  connect(tabs_, &QTabBar::tabMoved, this, [this](int from, int to) {
    if (!rendering_) document_.moveScenario(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
  });
  connect(tabs_, &QTabBar::tabBarDoubleClicked, this, &ScenarioStrip::rename);
  hide();
}

void ScenarioStrip::render(const Snapshot& s) {
  rendering_ = true;
  const int count = static_cast<int>(s.scenarios.size());
  while (tabs_->count() > count) tabs_->removeTab(tabs_->count() - 1);
  while (tabs_->count() < count) tabs_->addTab(QString());
  for (int i = 0; i < count; ++i) {
    const ScenarioEntry& entry = s.scenarios[static_cast<std::size_t>(i)];
    QString label = entry.label;
    if (s.baseline == static_cast<std::size_t>(i)) label = QStringLiteral("⚑ ") + label;
    label =
        tabs_->fontMetrics().elidedText(label, Qt::ElideRight, kMostTab).replace(QLatin1Char('&'), QLatin1String("&&"));
    if (tabs_->tabText(i) != label) tabs_->setTabText(i, label);
    tabs_->setTabIcon(i, verdictIcon(entry.verdict, devicePixelRatioF()));
    tabs_->setTabToolTip(i, plainTip(entry.label));
    tabs_->setAccessibleTabName(i, entry.label);
  }
  if (tabs_->currentIndex() != static_cast<int>(s.current)) tabs_->setCurrentIndex(static_cast<int>(s.current));
  setVisible(count > 1);
  rendering_ = false;
}

void ScenarioStrip::rename(int index) {
  if (index < 0 || index >= tabs_->count()) return;
  const auto at = static_cast<std::size_t>(index);
  auto* field = new QLineEdit(scenarioName(*document_.work().scenarios[at]), tabs_);
  field->setObjectName(QStringLiteral("scenarioNameField"));
  field->setAccessibleName(tr("Name of the scenario"));
  field->setGeometry(tabs_->tabRect(index).adjusted(2, 2, -2, -2));
  field->selectAll();
  field->show();
  field->setFocus();
  connect(field, &QLineEdit::editingFinished, this, [this, field, at] {
    if (field->property("done").toBool()) return;
    field->setProperty("done", true);
    const QString name = field->text();
    field->deleteLater();
    if (field->isModified()) document_.renameScenario(at, name);
  });
}

void ScenarioStrip::openMenu(int index, const QPoint& global) {
  if (index < 0) return;
  const auto at = static_cast<std::size_t>(index);
  QMenu menu(this);
  const bool pinned = document_.work().baseline == at;
  connect(menu.addAction(tr("&Rename")), &QAction::triggered, this, [this, index] { rename(index); });
  connect(menu.addAction(tr("&Duplicate")), &QAction::triggered, this, [this, at] {
    document_.show(at);
    document_.duplicateScenario();
  });
  connect(menu.addAction(pinned ? tr("No longer the &baseline") : tr("Compare the others with it (&baseline)")),
          &QAction::triggered, this,
          [this, at, pinned] { document_.setBaseline(pinned ? std::nullopt : std::optional(at)); });
  menu.addSeparator();
  connect(menu.addAction(tr("&Close")), &QAction::triggered, this, [this, at] { document_.closeScenario(at); });
  menu.exec(global);
}

bool ScenarioStrip::eventFilter(QObject* watched, QEvent* event) {
  if (watched == tabs_ && event->type() == QEvent::ContextMenu) {
    const auto* menu = static_cast<QContextMenuEvent*>(event);
    const bool byKey = menu->reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? tabs_->currentIndex() : tabs_->tabAt(menu->pos());
    openMenu(index, byKey ? tabs_->mapToGlobal(tabs_->tabRect(index).bottomLeft()) : menu->globalPos());
    return true;
  }
  if (watched == tabs_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_F2) return rename(tabs_->currentIndex()), true;
    if (key->key() == Qt::Key_Delete)
      return document_.closeScenario(static_cast<std::size_t>(tabs_->currentIndex())), true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace headroom::ui
