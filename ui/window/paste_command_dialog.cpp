#include "ui/window/paste_command_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inputs/option.h"
#include "ui/languages/core_text.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kWidth = 640, kHeight = 460;

QString lines(const std::vector<std::string>& texts) {
  QStringList out;
  for (const std::string& t : texts) out << QString::fromStdString(t);
  return out.join(QLatin1Char('\n'));
}

QLabel* textLabel(const char* name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(QLatin1String(name));
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  return label;
}

}  // namespace

QStringList changedFields(const Scenario& before, const Scenario& after) {
  QStringList out;
  Snapshot set;
  set.scenario = after;
  set.settings = settingsOf(after);
  set.stated = statedSettings(after);
  // A setting that has no say in this scenario may still have a default that follows another's value.
  const auto idle = [&](Field field) {
    const auto option = std::ranges::find(allOptions(), field, &Option::field);
    return option != allOptions().end() && !option->applies(set);
  };
  std::vector<Field> fields;
  for (int i = 0; i <= static_cast<int>(Field::name); ++i) fields.push_back(static_cast<Field>(i));
  for (Field field : askedKeyed({&before, &after})) fields.push_back(field);
  for (Field field : fields) {
    if (idle(field) || field == Field::kv_keys || field == Field::kv_values) continue;  // said with the cache's
    const QString was = valueText(field, before), is = valueText(field, after);
    if (was != is) out << QStringLiteral("%1 %2 → %3").arg(labelOf(field), was, is);
  }
  return out;
}

PasteCommandDialog::PasteCommandDialog(Document& document, QWidget* parent)
    : QDialog(parent),
      document_(document),
      command_(new QPlainTextEdit(this)),
      changes_(textLabel("pasteChanges", this)),
      ignored_(textLabel("pasteIgnored", this)) {
  setObjectName(QStringLiteral("pasteCommandDialog"));
  setWindowTitle(tr("Paste a command"));
  resize(kWidth, kHeight);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(12);
  auto* hint = new QLabel(tr("vllm serve …, python -m sglang.launch_server …, llama-server …, or lines of an Ollama "
                             "Modelfile. Devices and the reserve stay as they are."),
                          this);
  hint->setWordWrap(true);
  hint->setProperty("quiet", true);
  command_->setObjectName(QStringLiteral("pasteText"));
  command_->setAccessibleName(tr("Command"));
  command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  command_->setTabChangesFocus(true);
  command_->setMinimumHeight(120);
  changes_->setAccessibleName(tr("What it sets"));
  ignored_->setAccessibleName(tr("What was not understood"));
  ignored_->setProperty("quiet", true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  apply_ = buttons->addButton(tr("Set the scenario"), QDialogButtonBox::AcceptRole);
  apply_->setObjectName(QStringLiteral("pasteApply"));
  apply_->setDefault(true);
  column->addWidget(hint);
  column->addWidget(command_, 1);
  column->addWidget(changes_);
  column->addWidget(ignored_);
  column->addWidget(buttons);
  connect(command_, &QPlainTextEdit::textChanged, this, &PasteCommandDialog::read);
  for (QAbstractButton* b : buttons->buttons()) b->setIcon(QIcon());
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons, &QDialogButtonBox::accepted, this, [this] {
    if (apply()) accept();
  });
  // What is on the clipboard is likely what is to be pasted.
  const QString clip = QGuiApplication::clipboard()->text().left(65536);
  setCommand(pasteCommand(document_.scenario(), clip.toStdString()) ? clip : QString());
  read();
}

void PasteCommandDialog::setCommand(const QString& text) {
  command_->setPlainText(text);
}

void PasteCommandDialog::read() {
  const std::string text = command_->toPlainText().toStdString();
  pasted_.reset();
  changes_->setProperty("problem", false);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    changes_->setText(tr("Nothing pasted yet."));
    ignored_->hide();
  } else if (Result<PastedCommand> read = pasteCommand(document_.scenario(), text); !read) {
    changes_->setText(coreText(read.error().text()));
    changes_->setProperty("problem", true);
    ignored_->hide();
  } else {
    pasted_ = std::move(*read);
    const QStringList changed = changedFields(document_.scenario(), pasted_->scenario);
    changes_->setText(changed.isEmpty() ? tr("It says what the scenario says already.")
                                        : tr("Sets: %1").arg(changed.join(QStringLiteral(" · "))));
    ignored_->setText(tr("Not understood, or without a say in memory: %1")
                          .arg(lines(pasted_->ignored).replace(QLatin1Char('\n'), QStringLiteral(" · "))));
    ignored_->setVisible(!pasted_->ignored.empty());
  }
  changes_->style()->unpolish(changes_);
  changes_->style()->polish(changes_);
  apply_->setEnabled(pasted_.has_value());
}

bool PasteCommandDialog::apply() {
  if (!pasted_) return false;
  const PastedCommand pasted = *pasted_;
  document_.edit(Field::command, [&](Scenario& s) { s = pasted.scenario; });
  Q_EMIT applied(lines(pasted.ignored));
  return true;
}

}  // namespace headroom::ui
