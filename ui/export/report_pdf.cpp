#include "ui/export/report_pdf.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>
#include <memory>
#include <span>
#include <vector>

#include "core/base/version.h"
#include "core/readers/embedded_scenarios.h"
#include "ui/export/keep_headings.h"
#include "ui/export/pdf_stamp.h"

namespace headroom::ui {
namespace {

constexpr int kDotsPerInch = 1200;  // glyphs are placed on this grid
constexpr int kFigureObject = QTextFormat::UserObject;
constexpr int kFigureNumber = QTextFormat::UserProperty;
const QString kFigureName = QStringLiteral("figure:");

// Qt's rich text knows a part of CSS: what the page's own style says, in those words.
const QString kPrintStyle = QStringLiteral(
    "body{font-family:sans-serif;font-size:9pt;color:#1b1f24}"
    "h1{font-size:17pt;margin-bottom:2px}h2{font-size:13pt;margin-top:16px}h3{font-size:10pt;margin-top:9px}"
    ".component{font-size:12pt;font-weight:600;margin-top:14px;margin-bottom:8px}"
    ".quiet{color:#5b6570}.verdict{font-size:11pt;font-weight:600}"
    ".fits{color:#0b7a4b}.tight{color:#a45b00}.exceeds{color:#b3261e}"
    "table{border-collapse:collapse}th,td{border-style:solid;border-color:#ffffff;border-bottom-color:#d5dae0;"
    "border-width:0.5px}th{color:#5b6570;text-align:right}td{text-align:right}.text td,.text th{text-align:left}"
    "code{font-family:monospace;font-size:8pt}");

constexpr double kAppendixPoints = 6.5, kAppendixIndent = 8;
const QString kAppendixStyle = QStringLiteral(
    "body{font-size:6.5pt}h2{font-size:11pt;margin-top:10px}h3{font-size:7pt;margin-top:5px;margin-bottom:0px}"
    ".component{font-size:8.5pt;margin-top:8px;margin-bottom:0px}p{margin-top:1px;margin-bottom:1px}"
    "ul{margin-top:0px;margin-bottom:0px}code{font-family:monospace;font-size:6pt}");

QString replaced(QString text, const char* pattern, const QString& by) {
  return text.replace(QRegularExpression(QLatin1String(pattern), QRegularExpression::DotMatchesEverythingOption), by);
}

// The page's drawings, and the page with a name in the place of each.
std::vector<QByteArray> takeFigures(QString& page) {
  std::vector<QByteArray> figures;
  const QString open = QStringLiteral("<svg "), close = QStringLiteral("</svg>");
  for (qsizetype at = 0; (at = page.indexOf(open, at)) >= 0;) {
    const qsizetype end = page.indexOf(close, at);
    if (end < 0) break;
    // The page's style gives a drawing its ink and its letters.
    const QString ink = QStringLiteral("<svg color=\"#1b1f24\" font-family=\"sans-serif\" font-size=\"13\" ");
    figures.push_back((ink + page.mid(at + open.size(), end + close.size() - at - open.size())).toUtf8());
    page.replace(at, end + close.size() - at,
                 QStringLiteral("<p><img src=\"%1%2\"></p>").arg(kFigureName).arg(figures.size() - 1));
  }
  return figures;
}

// In the words that Qt's rich text knows: no folds, no squares of colour made by a style.
QString printable(QString page) {
  page = replaced(page, "<style>.*?</style>", {});
  page = replaced(page, "<script .*?</script>", {});
  page = replaced(page, "<details>|<section[^>]*>", QStringLiteral("<div>"));
  page = replaced(page, "</details>|</section>", QStringLiteral("</div>"));
  page = replaced(page, "<summary>(.*?)</summary>", QStringLiteral("<h4 class=\"component\">\\1</h4>"));
  page = replaced(page, "<span class=\"swatch\" style=\"background:(#[0-9a-f]{6})\"></span>",
                  QStringLiteral("<span style=\"color:\\1\">\u25a0</span> "));
  page = replaced(page, "<table", QStringLiteral("<table width=\"100%\" cellpadding=\"3\" cellspacing=\"0\""));
  page = replaced(page, "<td></td>", QStringLiteral("<td>\u00a0</td>"));
  return replaced(page, "<(tr[^>]*)><(t[dh])>", QStringLiteral("<\\1><\\2 align=\"left\">"));  // names stand left
}

class Figures : public QObject, public QTextObjectInterface {
  Q_OBJECT
  Q_INTERFACES(QTextObjectInterface)

 public:
  explicit Figures(const std::vector<QByteArray>& drawings) {
    for (const QByteArray& one : drawings) renderers_.push_back(std::make_unique<QSvgRenderer>(one));
  }

  QSizeF intrinsicSize(QTextDocument* document, int, const QTextFormat& format) override {
    const qreal width = document->pageSize().width();
    const QSizeF own = of(format).viewBoxF().size();
    return {width, own.width() > 0 ? width * own.height() / own.width() : 0};
  }
  void drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int, const QTextFormat& format) override {
    of(format).render(painter, rect);
  }

 private:
  QSvgRenderer& of(const QTextFormat& format) const {
    return *renderers_.at(static_cast<std::size_t>(format.intProperty(kFigureNumber)));
  }
  std::vector<std::unique_ptr<QSvgRenderer>> renderers_;
};

// Puts the drawings where their names stand.
void placeFigures(QTextDocument& document) {
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
    for (auto part = block.begin(); !part.atEnd(); ++part) {
      const QTextCharFormat format = part.fragment().charFormat();
      if (!format.isImageFormat() || !format.toImageFormat().name().startsWith(kFigureName)) continue;
      QTextCharFormat figure;
      figure.setObjectType(kFigureObject);
      figure.setProperty(kFigureNumber, format.toImageFormat().name().mid(kFigureName.size()).toInt());
      QTextCursor cursor(&document);
      cursor.setPosition(part.fragment().position());
      cursor.deleteChar();
      cursor.insertText(QString(QChar::ObjectReplacementCharacter), figure);
      break;  // the block's parts are others now; a figure is alone in its block
    }
}

// A part of the report: text in columns of its own size.
struct Part {
  QTextDocument* document = nullptr;
  int columns = 1;

  int pages() const { return (document->pageCount() + columns - 1) / columns; }
};

void drawColumn(QPainter& painter, QTextDocument& document, int page, const QPointF& at) {
  const QSizeF size = document.pageSize();
  const QRectF shown(QPointF(0, page * size.height()), size);
  painter.save();
  painter.translate(at - shown.topLeft());
  QAbstractTextDocumentLayout::PaintContext context;
  context.clip = shown;
  context.palette.setColor(QPalette::Text, QColor(0x1b, 0x1f, 0x24));
  painter.setClipRect(shown);
  document.documentLayout()->draw(&painter, context);
  painter.restore();
}

// Page by page, with a foot of title and number.
void paintPages(std::span<const Part> parts, QPdfWriter& writer, QPainter& painter) {
  const QRectF paper(0, 0, writer.width(), writer.height());
  QFont small = parts.front().document->defaultFont();
  small.setPointSizeF(7.5);
  const QFontMetricsF metrics(small, &writer);
  const qreal foot = 2 * metrics.height(), between = 2 * metrics.height();
  int pages = 0;
  for (const Part& part : parts) {
    part.document->documentLayout()->setPaintDevice(&writer);
    part.document->setDocumentMargin(0);
    part.document->setPageSize({(paper.width() - (part.columns - 1) * between) / part.columns, paper.height() - foot});
    keepHeadings(*part.document);
    pages += part.pages();
  }
  const QString title = writer.title();
  int number = 0;
  for (const Part& part : parts)
    for (int page = 0; page < part.pages(); ++page) {
      if (number++ > 0) writer.newPage();
      for (int column = 0; column < part.columns; ++column)
        if (const int at = page * part.columns + column; at < part.document->pageCount())
          drawColumn(painter, *part.document, at, {column * (part.document->pageSize().width() + between), 0});
      painter.setFont(small);
      painter.setPen(QColor(0x5b, 0x65, 0x70));
      const QRectF at(0, paper.bottom() - metrics.height(), paper.width(), metrics.height());
      painter.drawText(at, Qt::AlignLeft | Qt::AlignBottom,
                       metrics.elidedText(title, Qt::ElideRight, 0.8 * at.width()));
      painter.drawText(at, Qt::AlignRight | Qt::AlignBottom, QStringLiteral("%1 / %2").arg(number).arg(pages));
    }
}

void setText(QTextDocument& document, const QString& page, double points, const QString& style) {
  document.setDefaultFont(QFont(QStringLiteral("sans-serif"), static_cast<int>(points)));
  QFont font = document.defaultFont();
  font.setPointSizeF(points);
  document.setDefaultFont(font);
  document.setDefaultStyleSheet(style);
  document.setHtml(printable(page));
  QTextOption wrapping = document.defaultTextOption();
  wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  document.setDefaultTextOption(wrapping);
}

// Metadata that a PDF may hold (https://www.iso.org/standard/75163.html, XMP), with the scenarios as a part of its own.
QByteArray metadataOf(const QString& title, std::string_view scenarios) {
  const QByteArray element(scenarios.data(), static_cast<qsizetype>(scenarios.size()));
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
         "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:headroom=\"https://headroom.example/report/1\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
         title.toHtmlEscaped().toUtf8() + "</rdf:li></rdf:Alt></dc:title><headroom:scenarios><![CDATA[" + element +
         "]]></headroom:scenarios></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

}  // namespace

Result<QByteArray> reportPdf(const QByteArray& page, QDate date) {
  const std::string_view scenarios = scenariosElement({page.constData(), static_cast<std::size_t>(page.size())});
  if (scenarios.empty()) return fail(ErrorCode::value, "The page holds no scenario; it is no report of Headroom.", {});
  QString text = QString::fromUtf8(page);
  Figures figures(takeFigures(text));
  // The appendix in small columns of its own; no figure is in it.
  const qsizetype end = text.indexOf(QLatin1String("<div class=\"appendix\">"));
  QTextDocument document, appendix;
  setText(document, text.left(end), 9, kPrintStyle);
  document.documentLayout()->registerHandler(kFigureObject, &figures);
  placeFigures(document);
  std::vector<Part> parts{{&document, 1}};
  if (end >= 0) {
    appendix.setIndentWidth(kAppendixIndent);
    setText(appendix, text.mid(end), kAppendixPoints, kPrintStyle + kAppendixStyle);
    parts.push_back({&appendix, 2});
  }

  QByteArray bytes;
  QBuffer buffer(&bytes);
  if (!buffer.open(QIODevice::WriteOnly)) return fail(ErrorCode::io, "The PDF could not be made.", {});
  {
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(20, 18, 20, 16), QPageLayout::Millimeter);
    writer.setTitle(document.metaInformation(QTextDocument::DocumentTitle));
    writer.setCreator(QStringLiteral("Headroom ") + QLatin1String(headroomVersion()));
    writer.setDocumentXmpMetadata(metadataOf(writer.title(), scenarios));
    QPainter painter;
    if (!painter.begin(&writer)) return fail(ErrorCode::io, "The PDF could not be made.", {});
    paintPages(parts, writer, painter);
  }
  if (!bytes.startsWith("%PDF")) return fail(ErrorCode::io, "The PDF could not be made.", {});
  stampPdf(bytes, date);
  return bytes;
}

}  // namespace headroom::ui

#include "report_pdf.moc"
