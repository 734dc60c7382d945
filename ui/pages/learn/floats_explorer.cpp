#include "ui/pages/learn/floats_explorer.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/pages/explore/card.h"
#include "ui/pages/learn/float_model.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kRow = 34, kFormatWidth = 92;

constexpr int bitsWidth(int cell) {
  return 32 * cell + 2 * BitsDelegate::kGap + BitsDelegate::kAround;
}

constexpr int kFieldWidth = 170, kDetailLines = 5;

// What is worth trying, and why.
struct Example {
  const char* text;
  const char* tip;
};
constexpr Example kExamples[] = {
    {"pi", QT_TRANSLATE_NOOP("headroom::ui::FloatsExplorer", "7 digits in fp32, 3 in bf16")},
    {"0.1", QT_TRANSLATE_NOOP("headroom::ui::FloatsExplorer", "No binary format holds it exactly")},
    {"-1.9601084e-14", QT_TRANSLATE_NOOP("headroom::ui::FloatsExplorer", "bf16 keeps it, fp16 underflows to zero")},
    {"2^-24", QT_TRANSLATE_NOOP("headroom::ui::FloatsExplorer", "The smallest number fp16 has at all")},
    {"65520", QT_TRANSLATE_NOOP("headroom::ui::FloatsExplorer", "One step too far for fp16")},
    {"448", QT_TRANSLATE_NOOP("headroom::ui::FloatsExplorer", "The largest number of fp8 e4m3")}};

}  // namespace

FloatsExplorer::FloatsExplorer(QWidget* parent)
    : QWidget(parent),
      number_(new QLineEdit(this)),
      largest_(new QLineEdit(this)),
      problem_(new QLabel(this)),
      detail_(new QLabel(this)),
      model_(new FloatModel(this)),
      table_(new QTableView(this)) {
  setObjectName(QStringLiteral("floatsExplorer"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);

  auto* ask = new Card(QStringLiteral("floatsAsk"), this);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  auto* label = new QLabel(tr("A &number"), this);
  label->setProperty("heading", true);
  label->setBuddy(number_);
  number_->setObjectName(QStringLiteral("floatNumber"));
  number_->setAccessibleName(tr("Number"));
  number_->setFixedWidth(kFieldWidth);
  number_->setToolTip(tr("3.14, -1.96e-14, pi, 1/3, 2^-24"));
  auto* beside = new QLabel(tr("&largest of its block"), this);
  beside->setProperty("quiet", true);
  beside->setBuddy(largest_);
  largest_->setObjectName(QStringLiteral("floatLargest"));
  largest_->setAccessibleName(tr("Largest magnitude of its block"));
  largest_->setFixedWidth(96);
  largest_->setText(QStringLiteral("4"));
  largest_->setToolTip(tr(
      "int8, NF4, MXFP4 and NVFP4 share a scale among the numbers of a block: what is kept depends on the largest."));
  line->addWidget(label);
  line->addWidget(number_);
  line->addSpacing(8);
  line->addWidget(beside);
  line->addWidget(largest_);
  line->addStretch(1);
  ask->body()->addLayout(line);
  auto* chips = new QHBoxLayout;
  chips->setSpacing(6);
  int at = 0;
  for (const Example& example : kExamples) {
    double value = 0;
    const QString text = QLatin1String(example.text);
    readNumber(text, value);
    const bool plain = text == QLatin1String("pi") || text.contains(QLatin1Char('^'));
    auto* chip = new QPushButton(text == QLatin1String("pi") ? QStringLiteral("π")
                                 : plain                     ? text
                                                             : numberText(value, 3),
                                 this);
    chip->setObjectName(QStringLiteral("floatExample%1").arg(at++));
    chip->setProperty("factChip", true);
    chip->setAutoDefault(false);
    chip->setToolTip(tr(example.tip));
    chip->setAccessibleName(tr("Try %1").arg(text));
    connect(chip, &QPushButton::clicked, this, [this, text] { setNumber(text); });
    chips->addWidget(chip);
  }
  problem_->setObjectName(QStringLiteral("floatProblem"));
  problem_->setProperty("problem", true);
  chips->addStretch(1);
  chips->addWidget(problem_);
  ask->body()->addLayout(chips);
  column->addWidget(ask);

  auto* sheet = new Card(QStringLiteral("floatsSheet"), this);
  table_->setObjectName(QStringLiteral("floatTable"));
  table_->setAccessibleName(tr("The number in each format"));
  table_->setModel(model_);
  table_->setItemDelegateForColumn(FloatModel::Bits, new BitsDelegate(table_));
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setTabKeyNavigation(false);
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->verticalHeader()->setDefaultSectionSize(kRow);
  QHeaderView* header = table_->horizontalHeader();
  header->setSectionsClickable(false);
  header->setHighlightSections(false);
  header->setFixedHeight(28);
  header->setSectionResizeMode(QHeaderView::Stretch);
  header->setSectionResizeMode(FloatModel::Format, QHeaderView::Fixed);
  header->setSectionResizeMode(FloatModel::Bits, QHeaderView::Fixed);
  header->resizeSection(FloatModel::Format, kFormatWidth);
  header->resizeSection(FloatModel::Bits, bitsWidth(BitsDelegate::kCell));
  sheet->body()->addWidget(table_);
  detail_->setObjectName(QStringLiteral("floatDetail"));
  detail_->setTextFormat(Qt::RichText);
  detail_->setWordWrap(true);
  detail_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  detail_->setMinimumHeight(kDetailLines * fontMetrics().lineSpacing());
  sheet->body()->addWidget(detail_);
  column->addWidget(sheet);
  column->addStretch(1);

  connect(number_, &QLineEdit::textEdited, this, &FloatsExplorer::take);
  connect(largest_, &QLineEdit::textEdited, this, &FloatsExplorer::take);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FloatsExplorer::explain);
  setNumber(QStringLiteral("pi"));
  table_->setFixedHeight(28 + model_->rowCount() * kRow + 2);
}

void FloatsExplorer::setNumber(const QString& text) {
  number_->setText(text);
  take();
}

// The bits are what is looked at: a wide window makes them larger before it moves the numbers away from them.
void FloatsExplorer::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int cell = BitsDelegate::cellIn((width() - kFormatWidth) / 2);
  table_->horizontalHeader()->resizeSection(FloatModel::Bits, bitsWidth(cell));
}

void FloatsExplorer::take() {
  double number = 0, largest = 0;
  const bool reads = readNumber(number_->text(), number);
  const bool readsLargest = readNumber(largest_->text(), largest) && std::isfinite(largest);
  problem_->setText(reads && readsLargest ? QString() : tr("Not a number; write 3.14, 1e-7 or 2^-24"));
  if (!reads || !readsLargest) return;
  const QModelIndex now = table_->currentIndex();
  const int row = now.isValid() ? now.row() : 0;
  model_->show(number, std::max(std::fabs(number), std::fabs(largest)));
  table_->setCurrentIndex(model_->index(row, 0));
  explain();
}

void FloatsExplorer::explain() {
  const int row = table_->currentIndex().row();
  if (row < 0 || row >= model_->rowCount()) return;
  const StoredFloat& s = model_->at(row);
  detail_->setText(QStringLiteral("<b>%1</b>%2<br/>%3<br/><span style='color:%4'>%5<br/>%6</span>")
                       .arg(s.label.toHtmlEscaped(),
                            s.note.isEmpty() ? QString() : QStringLiteral(" — ") + s.note.toHtmlEscaped(),
                            s.formula.toHtmlEscaped(), Theme::current().quietText.name(), s.range.toHtmlEscaped(),
                            s.source.toHtmlEscaped()));
}

void FloatsExplorer::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) explain();
}

}  // namespace headroom::ui
