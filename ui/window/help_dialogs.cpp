#include "ui/window/help_dialogs.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/version.h"
#include "core/hardware/accelerator.h"
#include "core/open/catalogue.h"
#include "core/report/peers.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

void showText(QMainWindow* window, const QString& name, const QString& title, const QString& html,
              QSize size = {520, 480}) {
  auto* dialog = new QDialog(window);
  dialog->setObjectName(name);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  auto* text = new QTextBrowser(dialog);
  text->setProperty("sheet", true);
  text->setOpenExternalLinks(true);
  text->setHtml(html);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
  auto* column = new QVBoxLayout(dialog);
  column->setContentsMargins(24, 24, 24, 16);
  column->addWidget(text);
  column->addWidget(buttons);
  dialog->resize(size);
  dialog->open();
}

void listActions(const QMenu* menu, const QString& of, QString& table) {
  for (const QAction* action : menu->actions()) {
    if (action->menu() != nullptr) listActions(action->menu(), of, table);
    if (action->shortcut().isEmpty()) continue;
    table += QStringLiteral("| %1 | %2 | %3 |\n")
                 .arg(of, action->shortcut().toString(QKeySequence::NativeText),
                      QString(action->text()).remove(QLatin1Char('&')));
  }
}

}  // namespace

QString ownWordsOf(const QMainWindow& window) {
  const QWidget* focus = window.focusWidget();
  // What has no words of its own belongs to something that has.
  const QWidget* told = focus;
  while (told != nullptr && told != &window && told->toolTip().isEmpty() && told->accessibleDescription().isEmpty())
    told = told->parentWidget();
  if (focus == nullptr) return {};
  if (told == nullptr || told == &window) {
    if (focus->accessibleName().isEmpty()) return {};
    told = focus;
  }
  const QString name = focus->accessibleName().isEmpty() ? told->accessibleName() : focus->accessibleName();
  QString html = QStringLiteral("<b>%1</b>").arg(name.toHtmlEscaped());
  // Tool tips here are escaped already, or plain sentences of this program.
  if (!told->toolTip().isEmpty()) html += QStringLiteral("<p>%1</p>").arg(told->toolTip());
  if (!told->accessibleDescription().isEmpty())
    html += QStringLiteral("<p>%1</p>").arg(told->accessibleDescription().toHtmlEscaped());
  return html;
}

QString shortcutsTable(const QMainWindow& window) {
  QString table = QStringLiteral("\n| %1 | %2 | %3 |\n|---|---|---|\n").arg(tr("menu"), tr("keys"), tr("what they do"));
  for (const QAction* top : window.menuBar()->actions())
    if (top->menu() != nullptr) listActions(top->menu(), QString(top->text()).remove(QLatin1Char('&')), table);
  return table;
}

void showPeers(QMainWindow* window) {
  const Result<std::vector<PeerJob>> jobs = peerComparison();
  if (!jobs)
    return showText(window, QStringLiteral("peersDialog"), tr("Headroom and other calculators"),
                    shown(jobs.error().text()).toHtmlEscaped());
  const Theme& theme = Theme::current();
  const auto signedPercent = [](double share) {
    const double percent = std::abs(share) < 0.0005 ? 0.0 : 100 * share;
    return (percent < 0   ? QStringLiteral("−")
            : percent > 0 ? QStringLiteral("+")
                          : QString()) +
           localNumber(std::abs(percent), 'f', 1) + QStringLiteral(" %");
  };
  const auto size = [](double bytes) { return withUnit(toBytes(bytes), ByteUnit::gib); };
  QString html = QStringLiteral("<p>%1</p><table cellspacing='0' cellpadding='6' style='margin-top:10px'><tr>")
                     .arg(tr("The same jobs, answered by Headroom now and by other calculators in August 2026. What is "
                             "true is what the engine itself "
                             "allocates, what was published as measured, or, where the row says so, the most accurate "
                             "estimator known."));
  for (const QString& header : {tr("Job"), tr("True"), tr("Headroom"), tr("Error"), tr("Others' errors")})
    html += QStringLiteral("<th align='left' style='color:%1'>%2</th>").arg(theme.quietText.name(), header);
  html += QStringLiteral("</tr>");
  QString sources;
  QStringList listed;
  for (const PeerJob& job : *jobs) {
    QStringList others;
    for (const PeerAnswer& a : job.answers) {
      others << QStringLiteral("%1 %2").arg(QString::fromStdString(a.peer).toHtmlEscaped(), signedPercent(a.error));
      const QString source = QString::fromStdString(a.peer) + QStringLiteral(": ") + QString::fromStdString(a.source);
      if (!listed.contains(source)) listed << source;
    }
    const QString truth = QString::fromStdString(job.truthSource);
    if (!listed.contains(truth)) listed << truth;
    html += QStringLiteral(
                "<tr><td>%1</td><td align='right'>%2</td><td align='right'>%3</td><td align='right'><b>%4</b></td><td "
                "style='color:%6'>%5</td></tr>")
                .arg(QString::fromStdString(job.title).toHtmlEscaped(), size(job.truth), size(job.ours),
                     signedPercent(job.error), others.join(QStringLiteral(", ")), theme.quietText.name());
  }
  for (const QString& source : listed) sources += QStringLiteral("<li>%1</li>").arg(source.toHtmlEscaped());
  html += QStringLiteral("</table><p>%1</p><ul style='color:%3'>%2</ul>")
              .arg(tr("Sources"), sources, theme.quietText.name());
  showText(window, QStringLiteral("peersDialog"), tr("Headroom and other calculators"), html, {980, 640});
}

void showAbout(QMainWindow* window) {
  const QString html = QStringLiteral("<h2>Headroom %1</h2><p>%2</p><p>%3</p><p>%4</p>")
                           .arg(QString::fromLatin1(headroomVersion()),
                                tr("How much accelerator memory a transformer language model needs, byte by byte, with "
                                   "the reason for every byte."),
                                tr("%1 models and %2 accelerators are built in; nothing is sent anywhere.")
                                    .arg(modelCatalogue().size())
                                    .arg(accelerators().size()),
                                tr("Free software under the GNU General Public License, version 3 or later; it uses Qt "
                                   "%1 and Qt Charts (GPL 3).")
                                    .arg(QString::fromLatin1(qVersion())));
  showText(window, QStringLiteral("aboutDialog"), tr("About Headroom"), html, {480, 260});
}

}  // namespace headroom::ui
