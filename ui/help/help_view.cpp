#include "ui/help/help_view.h"

#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QTextTable>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>
#include <functional>

#include "ui/pages/explore/card.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kListWidth = 232, kWidth = 940, kHeight = 620;
constexpr int kPageRole = Qt::UserRole, kBlockRole = Qt::UserRole + 1;

void eachTable(QTextFrame* frame, const std::function<void(QTextTable*)>& visit) {
  for (QTextFrame* child : frame->childFrames()) {
    if (auto* table = qobject_cast<QTextTable*>(child)) visit(table);
    eachTable(child, visit);
  }
}

}  // namespace

HelpView::HelpView(const QString& commands, QWidget* parent)
    : QDialog(parent),
      book_(commands),
      search_(new QLineEdit(this)),
      list_(new QListWidget(this)),
      about_(new QLabel(this)),
      text_(new QTextBrowser(this)) {
  setObjectName(QStringLiteral("helpView"));
  setWindowTitle(tr("Help"));
  resize(kWidth, kHeight);
  search_->setObjectName(QStringLiteral("helpSearch"));
  search_->setPlaceholderText(tr("Search the help"));
  search_->setAccessibleName(tr("Search the help"));
  search_->setClearButtonEnabled(true);
  list_->setObjectName(QStringLiteral("helpList"));
  list_->setAccessibleName(tr("Pages and what was found"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setProperty("sheet", true);
  list_->setWordWrap(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  about_->setObjectName(QStringLiteral("helpAbout"));
  about_->setWordWrap(true);
  about_->setTextFormat(Qt::RichText);
  about_->setProperty("chip", true);
  about_->hide();
  text_->setObjectName(QStringLiteral("helpText"));
  text_->setAccessibleName(tr("Help"));
  text_->setProperty("sheet", true);
  text_->setFrameShape(QFrame::NoFrame);
  text_->setOpenLinks(false);
  auto* left = new QVBoxLayout;
  left->setSpacing(8);
  left->addWidget(search_);
  left->addWidget(list_, 1);
  auto* side = new QWidget(this);
  side->setFixedWidth(kListWidth);
  side->setLayout(left);
  left->setContentsMargins(0, 0, 0, 0);
  auto* sheet = new Card(QStringLiteral("helpSheet"), this);
  sheet->body()->setContentsMargins(20, 12, 8, 12);
  sheet->body()->addWidget(about_);
  sheet->body()->addWidget(text_, 1);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 12, 12, 12);
  row->setSpacing(12);
  row->addWidget(side);
  row->addWidget(sheet, 1);
  connect(search_, &QLineEdit::textChanged, this, &HelpView::listHits);
  connect(list_, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
    if (item != nullptr) showPlace({item->data(kPageRole).toInt(), item->data(kBlockRole).toInt()});
  });
  connect(text_, &QTextBrowser::anchorClicked, this, &HelpView::follow);
  listPages();
  list_->setCurrentRow(0);
}

// Tables without boxes, room around cells, code in the theme's ink: what a style sheet cannot say of Markdown.
void HelpView::dress(int page) {
  if (!dressed_.insert(page).second) return;
  QTextDocument* document = book_.document(page);
  const Theme& theme = Theme::current();
  document->setDocumentMargin(8);
  document->setDefaultFont(font());
  eachTable(document->rootFrame(), [&](QTextTable* table) {
    QTextTableFormat format = table->format();
    format.setBorder(0);
    format.setCellPadding(5);
    format.setCellSpacing(0);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    table->setFormat(format);
    for (int column = 0; column < table->columns(); ++column) {
      QTextTableCell head = table->cellAt(0, column);
      QTextTableCellFormat cell = head.format().toTableCellFormat();
      cell.setBottomBorder(1);
      cell.setBottomBorderBrush(theme.line);
      cell.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
      head.setFormat(cell);
    }
  });
  for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    if (format.headingLevel() > 0) {
      format.setTopMargin(block == document->begin() ? 4 : 22);
      format.setBottomMargin(6);
      cursor.setBlockFormat(format);
    }
    // Collected first: a change of format may join the fragments that are walked over.
    struct Part {
      int from, to;
      bool link;
    };
    std::vector<Part> parts;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
      const QTextFragment fragment = it.fragment();
      const QTextCharFormat ink = fragment.charFormat();
      if (ink.isAnchor() || ink.fontFixedPitch())
        parts.push_back({fragment.position(), fragment.position() + fragment.length(), ink.isAnchor()});
    }
    for (const Part& p : parts) {
      QTextCursor part(document);
      part.setPosition(p.from);
      part.setPosition(p.to, QTextCursor::KeepAnchor);
      QTextCharFormat change;
      if (p.link)
        change.setForeground(theme.accent), change.setFontUnderline(false);
      else
        change.setFontFamilies({QStringLiteral("monospace")});
      part.mergeCharFormat(change);
    }
  }
}

// The browser shows the book's documents and must not outlive them.
HelpView::~HelpView() {
  delete text_;
}

void HelpView::listPages() {
  const QSignalBlocker quiet(list_);
  list_->clear();
  for (int page = 0; page < book_.pages(); ++page) {
    const bool news = book_.name(page) == QLatin1String("CHANGELOG.md");
    auto* item = new QListWidgetItem(news ? tr("What's new") : book_.title(page), list_);
    item->setData(kPageRole, page);
    item->setData(kBlockRole, 0);
    if (page == shown_.page) list_->setCurrentItem(item);
  }
}

void HelpView::listHits(const QString& words) {
  if (words.trimmed().isEmpty()) return listPages();
  const QSignalBlocker quiet(list_);
  list_->clear();
  for (const HelpHit& hit : book_.search(words)) {
    auto* item = new QListWidgetItem(QStringLiteral("%1\n%2").arg(hit.heading, hit.text), list_);
    item->setData(kPageRole, hit.place.page);
    item->setData(kBlockRole, hit.place.block);
  }
  if (list_->count() == 0) {
    auto* item = new QListWidgetItem(tr("Nothing speaks of “%1”").arg(words.trimmed().left(40)), list_);
    item->setFlags(Qt::NoItemFlags);
    return;
  }
  showPlace({list_->item(0)->data(kPageRole).toInt(), list_->item(0)->data(kBlockRole).toInt()});
}

void HelpView::find(const QString& words) {
  search_->setText(words);
}

void HelpView::showPage(const QString& name) {
  if (const auto page = book_.pageNamed(name)) showPlace({*page, 0});
}

void HelpView::showPlace(const HelpPlace& place, const QString& about) {
  shown_ = place;
  QStringList said;
  if (!about.isEmpty()) said << about;
  if (!book_.isTranslated(place.page)) said << tr("This page is in English; the program's texts are translated.");
  about_->setText(said.join(QStringLiteral("<br>")));
  about_->setVisible(!said.isEmpty());
  dress(place.page);
  QTextDocument* document = book_.document(place.page);
  if (text_->document() != document) text_->setDocument(document);
  const QTextBlock block = document->findBlockByNumber(place.block);
  QList<QTextEdit::ExtraSelection> marks;
  if (place.block > 0) {
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(block);
    mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    QColor ink = Theme::current().accent;
    ink.setAlphaF(0.16F);
    mark.format.setBackground(ink);
    marks << mark;
  }
  text_->setExtraSelections(marks);
  // Once the page is laid out: a third from the top, so that what leads to it can be read.
  QTimer::singleShot(0, text_, [this, position = block.position()] {
    QTextCursor cursor(text_->document());
    cursor.setPosition(position);
    const int top = text_->cursorRect(cursor).top() + text_->verticalScrollBar()->value();
    text_->verticalScrollBar()->setValue(position == 0 ? 0 : top - text_->viewport()->height() / 3);
  });
}

// Links between pages stay in the view; anything else is the system's.
void HelpView::follow(const QUrl& address) {
  const QString name = address.fileName();
  if (address.scheme().isEmpty() && book_.pageNamed(name)) return showPage(name);
  if (address.scheme() == QLatin1String("https")) QDesktopServices::openUrl(address);
}

void HelpView::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange) return;
  dressed_.clear();
  if (isVisible()) dress(shown_.page);
}

}  // namespace headroom::ui
