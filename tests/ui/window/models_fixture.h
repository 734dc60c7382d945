// A window and the dialog that opens models in it.
#pragma once

#include <QPlainTextEdit>

#include "core/open/catalogue.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/inputs/dimension_editor.h"
#include "ui/window/open_model_dialog.h"

namespace headroom::ui {

inline constexpr const char* kTinyConfig =
    R"({"model_type": "llama", "hidden_size": 256, "intermediate_size": 512, "num_hidden_layers": 4,
  "num_attention_heads": 8, "num_key_value_heads": 2, "vocab_size": 1000, "max_position_embeddings": 4096,
  "torch_dtype": "bfloat16"})";

class ModelsTest : public WindowTest {
 protected:
  OpenModelDialog* dialog() const { return find<OpenModelDialog>("openModelDialog"); }
  void type(const QString& text) const {
    trigger("actionOpenModel");
    find<QPlainTextEdit>("openModelField")->setPlainText(text);
  }
  void pressEnter() const { QTest::keyClick(find<QPlainTextEdit>("openModelField"), Qt::Key_Return); }
  void openText(const QString& text) const {
    type(text);
    pressEnter();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !dialog()->isReading(); }, 20'000));
  }
  void expectUnchanged(const Scenario& before, int steps) const {
    EXPECT_EQ(scenario(), before);
    EXPECT_EQ(document().undoStack().count(), steps);
  }
  ValueEntry* field(Dimension d) const {
    return find<ValueEntry>(qPrintable(QStringLiteral("dimension%1").arg(static_cast<int>(d))));
  }
  void enter(Dimension d, const char* text) const {
    ValueEntry* entry = field(d);
    entry->setFocus();
    entry->selectAll();
    QTest::keyClicks(entry, QString::fromLatin1(text));
    QTest::keyClick(entry, Qt::Key_Return);
  }
  void choose(const char* id) const { document().setModel({CatalogueModel{id}, *catalogueModel(id)}); }
};

}  // namespace headroom::ui
