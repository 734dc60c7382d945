// Text of an input is text wherever the window shows it: no label and no tool tip takes it for markup.
#include <QAbstractItemView>
#include <QLabel>
#include <QMenu>
#include <QTextDocument>

#include "core/open/scenario_json.h"
#include "tests/ui/window/window_fixture.h"

namespace headroom::ui {
namespace {

const QString kMark = QStringLiteral("<img src='evil'>");

// As markup the text would fetch the picture.
bool becomesMarkup(const QString& text) {
  if (!Qt::mightBeRichText(text)) return false;
  QTextDocument document;
  document.setHtml(text);
  return document.toHtml().contains(QStringLiteral("<img")) || !document.toPlainText().contains(kMark);
}

class MarkupTest : public WindowTest {
 protected:
  void expectText(const QString& tip) {
    if (!tip.contains(QStringLiteral("evil"))) return;
    ++tips;
    EXPECT_FALSE(becomesMarkup(tip)) << tip.toStdString();
  }
  void expectNoMarkup(const QModelIndex& parent, const QAbstractItemModel& model) {
    for (int row = 0; row < model.rowCount(parent); ++row) {
      for (int column = 0; column < model.columnCount(parent); ++column) {
        expectText(model.index(row, column, parent).data(Qt::ToolTipRole).toString());
      }
      if (row < 8) expectNoMarkup(model.index(row, 0, parent), model);
    }
  }
  void expectNoMarkup() {
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
      expectText(widget->toolTip());
      if (const auto* label = qobject_cast<const QLabel*>(widget);
          label != nullptr && label->text().contains(QStringLiteral("evil"))) {
        ++labels;
        EXPECT_EQ(label->textFormat(), Qt::PlainText)
            << label->objectName().toStdString() << ": " << label->text().toStdString();
      }
      if (const auto* view = qobject_cast<const QAbstractItemView*>(widget);
          view != nullptr && view->model() != nullptr)
        expectNoMarkup({}, *view->model());
    }
  }
  int labels = 0, tips = 0;
};

TEST_F(MarkupTest, NamesOfAScenarioStayText) {
  const std::string evil = kMark.toStdString();
  const std::string json = R"({"name": ")" + evil + R"(", "model": {"name": ")" + evil + R"(", "config": {
    "model_type": "llama", "hidden_size": 256, "intermediate_size": 512, "num_hidden_layers": 4,
    "num_attention_heads": 8, "vocab_size": 1000}}, "devices": [{"accelerator": ")" +
                           evil + R"("}], "engine_version": ")" + evil + R"("})";
  Result<Scenario> scenario = readScenario(json, "test");
  ASSERT_TRUE(scenario) << scenario.error().text();
  Model model = *scenario->model;
  model.source = model.family = evil;
  model.notes.push_back(evil);
  for (LayerKind& kind : model.kinds) {
    kind.label = evil;
    for (Tensor& t : kind.tensors) t.name += evil;
  }
  scenario->model = std::make_shared<const Model>(model);
  const QString path = file(QStringLiteral("<img src='evil'>.headroom.json").remove(QLatin1Char('/')));
  ASSERT_TRUE(writeScenarioFile(*scenario, path.toStdString()));
  ASSERT_TRUE(window->openPath(path));
  for (const auto page : {MainWindow::explore, MainWindow::devices, MainWindow::model}) {
    window->setPage(page);
    QCoreApplication::processEvents();
    expectNoMarkup();
  }
  EXPECT_GT(labels, 3);
  EXPECT_GE(tips, 3);
  auto* recent = find<QMenu>("menuRecent");
  Q_EMIT recent->aboutToShow();
  ASSERT_FALSE(recent->actions().isEmpty());
  EXPECT_TRUE(recent->actions().front()->toolTip().contains(QStringLiteral("evil")));
  EXPECT_FALSE(becomesMarkup(recent->actions().front()->toolTip()));
}

}  // namespace
}  // namespace headroom::ui
