// Models: opening one by whatever says which is meant, those on disk, the Model page, and what-if on dimensions.
#include <QDir>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>

#include "core/model/weight_bytes.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/scenario/settings.h"
#include "tests/support/gguf_writer.h"
#include "tests/ui/window/models_fixture.h"
#include "ui/inputs/dimension_editor.h"
#include "ui/inputs/input_panel.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/pages/model/layers_table.h"
#include "ui/pages/model/model_page.h"
#include "ui/pages/model/tensor_tree.h"
#include "ui/style/text.h"
#include "ui/window/open_model_dialog.h"

namespace headroom::ui {
namespace {

TEST_F(ModelsTest, TheDialogSaysWhatItWasGiven) {
  const auto said = [&](const QString& text) {
    type(text);
    return dialog()->recognised();
  };
  EXPECT_TRUE(said(QStringLiteral("someone/else@v2")).contains(QStringLiteral("revision v2")));
  EXPECT_TRUE(
      said(QStringLiteral("https://huggingface.co/someone/else/tree/dev")).contains(QStringLiteral("revision dev")));
  EXPECT_TRUE(said(QStringLiteral("Qwen/Qwen3-8B")).contains(QStringLiteral("catalogue")));
  EXPECT_TRUE(said(folder.path()).startsWith(QStringLiteral("A folder")));
  EXPECT_TRUE(said(QString::fromLatin1(kTinyConfig)).contains(QStringLiteral("4 layers")));
  EXPECT_TRUE(find<QPushButton>("openModelOpen")->isEnabled());
  EXPECT_TRUE(said(QStringLiteral("/not/there.gguf")).contains(QStringLiteral("no such file")));
  EXPECT_FALSE(find<QPushButton>("openModelOpen")->isEnabled());
  EXPECT_FALSE(said(QStringLiteral("{\"hidden_size\": ")).isEmpty());
  EXPECT_FALSE(find<QPushButton>("openModelOpen")->isEnabled());
}

TEST_F(ModelsTest, PastedJsonBecomesTheModelInOneStep) {
  openText(QString::fromLatin1(kTinyConfig));
  EXPECT_FALSE(dialog()->isVisible());
  EXPECT_EQ(scenario().model->hidden, 256);
  EXPECT_TRUE(std::holds_alternative<ConfigModel>(scenario().reference));
  EXPECT_EQ(document().undoStack().count(), 1);
  trigger("actionUndo");
  EXPECT_EQ(scenario().model->id, "meta-llama/Llama-3.1-8B");
}

TEST_F(ModelsTest, APathAFolderAndABrowsedFileOpen) {
  const QString path = write(QStringLiteral("config.json"), kTinyConfig);
  openText(path);
  EXPECT_EQ(scenario().reference, ModelReference(FileModel{path.toStdString()}));
  trigger("actionUndo");
  openText(folder.path());
  EXPECT_EQ(scenario().model->layers(), 4);
  trigger("actionUndo");
  answers->open = path;
  trigger("actionOpenModel");
  QTest::mouseClick(find<QPushButton>("openModelFile"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([this] { return scenario().model->hidden == 256; }, 20'000));
  trigger("actionUndo");
  answers->folder = folder.path();
  trigger("actionOpenModel");
  QTest::mouseClick(find<QPushButton>("openModelFolder"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([this] { return scenario().model->hidden == 256; }, 20'000));
  EXPECT_EQ(window->settings().get(setting::kRecent).value(0), folder.path());
}

TEST_F(ModelsTest, BadTextLeavesWindowAndStateIntact) {
  const Scenario before = scenario();
  openText(QStringLiteral(
      R"({"model_type": "llama", "hidden_size": -100, "num_hidden_layers": 2, "num_attention_heads": 7, "vocab_size": 10})"));
  EXPECT_TRUE(dialog()->isVisible());
  EXPECT_TRUE(dialog()->status().contains(QStringLiteral("hidden_size"))) << dialog()->status().toStdString();
  expectUnchanged(before, 0);
  type(QStringLiteral("{\"broken"));
  pressEnter();
  EXPECT_FALSE(dialog()->isReading());
  expectUnchanged(before, 0);
}
TEST_F(ModelsTest, ModelsOnDiskStandInThePickerAndOpen) {
  const QString snapshot = file(QStringLiteral("hf/models--org--name/snapshots/abc"));
  ASSERT_TRUE(QDir().mkpath(snapshot));
  ASSERT_TRUE(QDir().mkpath(file(QStringLiteral("hf/models--org--name/refs"))));
  write(QStringLiteral("hf/models--org--name/refs/main"), "abc");
  write(QStringLiteral("hf/models--org--name/snapshots/abc/config.json"), kTinyConfig);
  write(QStringLiteral("hf/models--org--name/snapshots/abc/pytorch_model.bin"), QByteArray(1 << 20, 'x'));
  local.huggingFace = {file(QStringLiteral("hf")).toStdString()};
  start();
  PickerField* picker = window->inputs()->modelPicker();
  const int catalogue = static_cast<int>(modelCatalogue().size());
  ASSERT_TRUE(QTest::qWaitFor([&] { return picker->itemCount() == catalogue + 2; }, 20'000));
  const QStringList found = picker->matches(QStringLiteral("hugging face org name"));
  ASSERT_EQ(found.size(), 1);
  Q_EMIT picker->chosen(found.front());
  EXPECT_EQ(scenario().model->id, "org/name");
  EXPECT_EQ(scenario().model->hidden, 256);
  trigger("actionUndo");
  EXPECT_EQ(scenario().model->id, "meta-llama/Llama-3.1-8B");
}

TEST_F(ModelsTest, TheLayersSumToTheEstimatesCache) {
  trigger("actionModel");
  for (const char* id : {"meta-llama/Llama-3.1-8B", "google/gemma-3-1b-it", "deepseek-ai/DeepSeek-V3",
                         "Qwen/Qwen3-Next-80B-A3B-Instruct"}) {
    choose(id);
    LayersModel* layers = window->modelPage()->layers()->layers();
    EXPECT_DOUBLE_EQ(layers->kvBytesPerToken(), truth().kvBytesPerToken) << id;
    const QString last = layers->index(layers->rowCount() - 1, LayersModel::Parameters).data().toString();
    std::int64_t parameters = 0;
    for (const LayerKind& k : scenario().model->kinds) parameters += k.parameters() * k.count;
    EXPECT_EQ(last, grouped(parameters)) << id;
  }
  // In another format, too; and shown in the unit that is chosen.
  choose("meta-llama/Llama-3.1-8B");
  document().edit(Field::kv_cache, [](Scenario& s) {
    s.precision.kvCache = KvFormats{NumberFormat::fp8, NumberFormat::fp8};
  });
  LayersModel* layers = window->modelPage()->layers()->layers();
  EXPECT_DOUBLE_EQ(layers->kvBytesPerToken(), 65536);
  EXPECT_EQ(layers->index(0, LayersModel::Kv).data().toString(),
            QStringLiteral("2.0 KiB").replace(QLatin1Char(' '), QChar::Nbsp));
  window->setUnit(ByteUnit::gb);
  EXPECT_TRUE(layers->index(0, LayersModel::Kv).data().toString().endsWith(QStringLiteral("kB")));
}

TEST_F(ModelsTest, TheTreeAddsUpToTheWeightsAndReachesEveryExpert) {
  trigger("actionModel");
  choose("deepseek-ai/DeepSeek-V3");
  TensorModel* tree = window->modelPage()->tensors()->tensors();
  const auto bytes = [](const QModelIndex& i) { return i.data(TensorModel::BytesRole).toLongLong(); };
  // Every branch is the sum of what hangs on it, down to single experts.
  int leaves = 0;
  const std::function<void(const QModelIndex&)> check = [&](const QModelIndex& at) {
    const int rows = tree->rowCount(at);
    if (rows == 0) return void(++leaves);
    qlonglong sum = 0;
    for (int row = 0; row < rows; ++row) {
      const QModelIndex child = tree->index(row, 0, at);
      ASSERT_EQ(child.parent(), at);
      sum += bytes(child);
      check(child);
    }
    EXPECT_EQ(sum, bytes(at)) << at.data().toString().toStdString();
  };
  qlonglong total = 0;
  for (int row = 0; row < tree->rowCount(); ++row) {
    check(tree->index(row, 0));
    total += bytes(tree->index(row, 0));
  }
  EXPECT_GT(leaves, 58 * 256 * 3);
  EXPECT_EQ(tree->total(), weightBytes(*scenario().model, document().snapshot().settings.weights));
  document().edit(Field::weights, [](Scenario& s) { s.precision.weights = NumberFormat::bf16; });
  EXPECT_EQ(tree->total(), weightBytes(*scenario().model, NumberFormat::bf16));
}

TEST_F(ModelsTest, ADimensionIsTriedUndoneAndGoneBackFrom) {
  trigger("actionModel");
  const Scenario before = scenario();
  const Bytes weights = truth().weightBytes;
  enter(Dimension::layers, "40");
  EXPECT_EQ(scenario().model->layers(), 40);
  EXPECT_EQ(std::get<ConfigModel>(scenario().reference).name, "Llama 3.1 8B (edited)");
  EXPECT_GT(truth().weightBytes, weights);
  EXPECT_EQ(document().undoStack().count(), 1);
  EXPECT_TRUE(document().undoStack().undoText().contains(QStringLiteral("Layers 40")))
      << document().undoStack().undoText().toStdString();
  enter(Dimension::hidden, "5120");
  EXPECT_EQ(scenario().model->hidden, 5120);
  QPushButton* back = find<QPushButton>("dimensionsBack");
  EXPECT_TRUE(back->isVisible());
  trigger("actionUndo");
  EXPECT_EQ(scenario().model->hidden, 4096);
  EXPECT_EQ(field(Dimension::hidden)->text(), grouped(4096));
  QTest::mouseClick(back, Qt::LeftButton);
  EXPECT_EQ(scenario(), before);
  EXPECT_FALSE(back->isVisible());
  EXPECT_EQ(field(Dimension::layers)->text(), QStringLiteral("32"));
}

TEST_F(ModelsTest, ABadDimensionIsRefusedAtItsFieldInTheReadersWords) {
  trigger("actionModel");
  const Scenario before = scenario();
  enter(Dimension::kv_heads, "7");
  const auto* reason =
      find<QLabel>(qPrintable(QStringLiteral("dimension%1Reason").arg(static_cast<int>(Dimension::kv_heads))));
  EXPECT_TRUE(reason->isVisible());
  EXPECT_EQ(reason->text(), QStringLiteral("32 attention heads cannot share 7 key-value heads evenly."));
  expectUnchanged(before, 0);
  EXPECT_EQ(field(Dimension::kv_heads)->text(), QStringLiteral("7"));
  QTest::keyClick(field(Dimension::kv_heads), Qt::Key_Escape);
  EXPECT_FALSE(reason->isVisible());
  enter(Dimension::layers, "many");
  expectUnchanged(before, 0);
}

TEST_F(ModelsTest, AnEditedCopySurvivesSavingAndKnowsItsOriginal) {
  trigger("actionModel");
  enter(Dimension::layers, "40");
  const QString path = file(QStringLiteral("edited.headroom.json"));
  ASSERT_TRUE(document().save(path));
  start();
  ASSERT_TRUE(window->openPath(path));
  trigger("actionModel");
  EXPECT_EQ(scenario().model->layers(), 40);
  QPushButton* back = find<QPushButton>("dimensionsBack");
  ASSERT_TRUE(back->isVisible());
  QTest::mouseClick(back, Qt::LeftButton);
  EXPECT_EQ(scenario().reference, ModelReference(CatalogueModel{"meta-llama/Llama-3.1-8B"}));
}

// Two layers as a converter writes them, everything in Q4_K but the norms and the values, which are Q6_K.
QByteArray tinyGguf() {
  test::GgufWriter w;
  w.text("general.architecture", "llama");
  w.text("general.name", "Tiny");
  w.u32("llama.block_count", 2);
  w.u32("llama.embedding_length", 256);
  w.u32("llama.feed_forward_length", 512);
  w.u32("llama.attention.head_count", 4);
  w.u32("llama.attention.head_count_kv", 2);
  w.u32("llama.context_length", 4096);
  w.u32("llama.vocab_size", 512);
  const auto blocks = [&](const std::string& name, std::int64_t columns, std::int64_t rows, bool six = false) {
    const auto count = static_cast<std::uint64_t>(columns * rows / 256);
    w.tensor(name + ".weight", {columns, rows}, six ? 14 : 12, count * (six ? 210 : 144));
  };
  blocks("token_embd", 256, 512);
  blocks("output", 256, 512, true);
  w.tensor("output_norm.weight", {256}, 0, 1024);
  for (const std::string layer : {"blk.0.", "blk.1."}) {
    for (const char* norm : {"attn_norm", "ffn_norm"}) w.tensor(layer + norm + ".weight", {256}, 0, 1024);
    blocks(layer + "attn_q", 256, 256);
    blocks(layer + "attn_k", 256, 128);
    blocks(layer + "attn_v", 256, 128, true);
    blocks(layer + "attn_output", 256, 256);
    blocks(layer + "ffn_gate", 256, 512);
    blocks(layer + "ffn_up", 256, 512);
    blocks(layer + "ffn_down", 512, 256, true);
  }
  return QByteArray::fromStdString(w.file());
}

TEST_F(ModelsTest, AGgufFileRunsOnLlamaCppAndAnEditedCopyStaysQuantized) {
  openText(write(QStringLiteral("tiny.gguf"), tinyGguf()));
  ASSERT_TRUE(scenario().model->storedBytes) << dialog()->status().toStdString();
  EXPECT_EQ(settingsOf(scenario()).engine, Engine::llama_cpp);
  EXPECT_FALSE(scenario().precision.weights) << "as the file stores it";
  EXPECT_EQ(document().undoStack().count(), 1);
  const Bytes stored = truth().weightBytes;
  trigger("actionModel");
  enter(Dimension::layers, "4");
  ASSERT_TRUE(scenario().precision.weights);
  EXPECT_TRUE(std::holds_alternative<GgufFileType>(*scenario().precision.weights));
  EXPECT_LT(truth().weightBytes.value(), 2 * stored.value());
  QTest::mouseClick(find<QPushButton>("dimensionsBack"), Qt::LeftButton);
  EXPECT_EQ(truth().weightBytes, stored);
  EXPECT_FALSE(scenario().precision.weights);
}

TEST_F(ModelsTest, BareDimensionsAreEditedAsTheyAre) {
  trigger("actionModel");
  const QString path = write(QStringLiteral("bare.headroom.json"),
                             R"({"headroom": 1, "model": {"dimensions": {"layers": 32, "hidden": 4096}}})");
  ASSERT_TRUE(window->openPath(path));
  enter(Dimension::layers, "16");
  EXPECT_EQ(std::get<DimensionsModel>(scenario().reference).layers, 16);
  EXPECT_FALSE(find<QPushButton>("dimensionsBack")->isVisible());
  EXPECT_FALSE(window->modelPage()->findChild<QLabel*>(QStringLiteral("modelNotes"))->text().isEmpty());
}

TEST_F(ModelsTest, TheModelPageIsReachableByKeyboard) {
  trigger("actionModel");
  window->modelPage()->layers()->setFocus();
  EXPECT_TRUE(window->modelPage()->layers()->hasFocus());
  TensorTree* tree = window->modelPage()->tensors();
  tree->setFocus();
  tree->setCurrentIndex(tree->model()->index(1, 0));
  QTest::keyClick(tree, Qt::Key_Right);
  EXPECT_TRUE(tree->isExpanded(tree->model()->index(1, 0)));
  // Tab leaves the tree instead of walking through its cells.
  QTest::keyClick(tree, Qt::Key_Tab);
  EXPECT_FALSE(tree->hasFocus());
}

}  // namespace
}  // namespace headroom::ui
