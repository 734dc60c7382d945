#include "core/formats/config/edited_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/model_source.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using testing::HasSubstr;

NamedModel catalogue(const char* id) {
  return {CatalogueModel{id}, *catalogueModel(id)};
}

NamedModel pasted(const char* config) {
  ConfigModel reference{config, "mine"};
  return {reference, std::make_shared<const Model>(*modelFromConfig(config, "mine", "test"))};
}

Result<NamedModel> change(const NamedModel& m, Dimension d, std::optional<std::int64_t> value) {
  return withDimension(m.reference, *m.model, d, value);
}

const EditableDimension* find(const std::vector<EditableDimension>& list, Dimension d) {
  for (const EditableDimension& e : list)
    if (e.dimension == d) return &e;
  return nullptr;
}

TEST(EditedModel, ListsWhatTheModelHas) {
  const NamedModel llama = catalogue("meta-llama/Llama-3.1-8B");
  const auto list = editableDimensions(llama.reference, *llama.model);
  ASSERT_NE(find(list, Dimension::layers), nullptr);
  EXPECT_EQ(find(list, Dimension::layers)->stated, 32);
  EXPECT_EQ(find(list, Dimension::kv_heads)->stated, 8);
  EXPECT_EQ(find(list, Dimension::head_dim)->effective, 128);
  EXPECT_EQ(find(list, Dimension::experts), nullptr);
  EXPECT_FALSE(find(list, Dimension::layers)->edited);

  const NamedModel deepseek = catalogue("deepseek-ai/DeepSeek-V3");
  const auto latent = editableDimensions(deepseek.reference, *deepseek.model);
  EXPECT_EQ(find(latent, Dimension::experts)->stated, 256);
  EXPECT_EQ(find(latent, Dimension::experts_per_token)->stated, 8);
  EXPECT_EQ(find(latent, Dimension::expert_intermediate)->stated, 2048);
  EXPECT_EQ(find(latent, Dimension::kv_heads), nullptr) << "a latent cache has no KV heads";
  const NamedModel next = catalogue("Qwen/Qwen3-Next-80B-A3B-Instruct"),
                   mixtral = catalogue("mistralai/Mixtral-8x7B-v0.1");
  EXPECT_EQ(find(editableDimensions(next.reference, *next.model), Dimension::intermediate), nullptr)
      << "no layer is as wide as intermediate_size says";
  EXPECT_EQ(find(editableDimensions(mixtral.reference, *mixtral.model), Dimension::intermediate)->stated, 14336);
}

// Llama's layer: 2 norms, q and o 4096², k and v 1024 × 4096, three 14336 × 4096.
TEST(EditedModel, AnAddedLayerAddsALayersParameters) {
  const NamedModel llama = catalogue("meta-llama/Llama-3.1-8B");
  const auto deeper = change(llama, Dimension::layers, 40);
  ASSERT_TRUE(deeper) << deeper.error().text();
  constexpr std::int64_t kLayer = 2 * 4096 + 2 * 4096 * 4096 + 2 * 1024 * 4096 + 3 * 14336 * 4096;
  EXPECT_EQ(deeper->model->layers(), 40);
  EXPECT_EQ(deeper->model->parameters.value(), llama.model->parameters.value() + 8 * kLayer);
  EXPECT_THAT(deeper->model->id, HasSubstr("(edited)"));
  EXPECT_THAT(deeper->model->notes.back(), HasSubstr("num_hidden_layers 40 instead of 32"));
  EXPECT_TRUE(find(editableDimensions(deeper->reference, *deeper->model), Dimension::layers)->edited);
}

TEST(EditedModel, TheWayBackLeadsToWhatItWasMadeFrom) {
  const NamedModel llama = catalogue("meta-llama/Llama-3.1-8B");
  EXPECT_FALSE(originalOf(llama.reference));
  auto edited = change(llama, Dimension::layers, 40);
  ASSERT_TRUE(edited);
  edited = change(*edited, Dimension::hidden, 5120);
  ASSERT_TRUE(edited) << edited.error().text();
  EXPECT_EQ(originalOf(edited->reference)->reference, llama.reference);
  // Typing the old values again is the original, too.
  edited = change(*edited, Dimension::hidden, 4096);
  ASSERT_TRUE(edited && edited->model);
  edited = change(*edited, Dimension::layers, 32);
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->reference, llama.reference);
}

TEST(EditedModel, SurvivesAScenarioFile) {
  Scenario s;
  const auto edited = change(catalogue("Qwen/Qwen3-8B"), Dimension::layers, 20);
  ASSERT_TRUE(edited) << edited.error().text();
  s.reference = edited->reference;
  s.model = edited->model;
  const auto again = readScenario(writeScenario(s), "test");
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(*again, s);
  EXPECT_EQ(again->model->parameters, s.model->parameters);
  EXPECT_EQ(again->model->source, s.model->source);
  EXPECT_EQ(originalOf(again->reference)->reference, ModelReference(CatalogueModel{"Qwen/Qwen3-8B"}));
}

TEST(EditedModel, APastedConfigurationComesBackWhole) {
  const char* const config =
      R"({"hidden_size":256,"intermediate_size":512,"model_type":"llama","num_attention_heads":8,"num_hidden_layers":4,"vocab_size":1000})";
  const NamedModel mine = pasted(config);
  auto edited = change(mine, Dimension::head_dim, 64);
  ASSERT_TRUE(edited) << edited.error().text();
  EXPECT_EQ(edited->model->kinds.front().attention.headDim, 64);
  edited = change(*edited, Dimension::tied_head, 1);
  ASSERT_TRUE(edited);
  EXPECT_TRUE(edited->model->tiedHead);
  const auto original = originalOf(edited->reference);
  ASSERT_TRUE(original && original->model);
  EXPECT_EQ(original->reference, mine.reference);
  EXPECT_EQ(original->model->parameters, mine.model->parameters);
  // An emptied field follows from the others again, a switch set back is as if it had never been touched.
  edited = change(*edited, Dimension::head_dim, std::nullopt);
  edited = change(*edited, Dimension::tied_head, 0);
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->reference, mine.reference);
}

TEST(EditedModel, ListsOfOneValuePerLayerGoOnAsTheyRepeat) {
  // Five windowed layers, one global one.
  const NamedModel gemma = catalogue("google/gemma-3-1b-it");
  const auto windowed = [](const Model& m) {
    int n = 0;
    for (const LayerKind& k : m.kinds) n += k.attention.kind == AttentionKind::sliding ? k.count : 0;
    return n;
  };
  const auto doubled = change(gemma, Dimension::layers, 2 * gemma.model->layers());
  ASSERT_TRUE(doubled) << doubled.error().text();
  EXPECT_NEAR(windowed(*doubled->model), 2 * windowed(*gemma.model), 2);
  const NamedModel listed = pasted(
      R"({"model_type":"qwen3","hidden_size":64,"intermediate_size":128,"num_attention_heads":4,"num_key_value_heads":2,"head_dim":16,
          "num_hidden_layers":4,"vocab_size":100,"use_sliding_window":true,"sliding_window":8,
          "layer_types":["sliding_attention","full_attention","sliding_attention","full_attention"]})");
  const auto longer = change(listed, Dimension::layers, 8);
  ASSERT_TRUE(longer) << longer.error().text();
  EXPECT_EQ(windowed(*longer->model), 4);
  const auto back = change(*longer, Dimension::layers, 4);
  ASSERT_TRUE(back);
  EXPECT_EQ(originalOf(longer->reference)->reference, back->reference);
}

TEST(EditedModel, EditsTheTextPartOfAVisionLanguageModel) {
  for (const CatalogueEntry& entry : modelCatalogue()) {
    const NamedModel m = catalogue(entry.id.c_str());
    const auto list = editableDimensions(m.reference, *m.model);
    const EditableDimension* vocabulary = find(list, Dimension::vocabulary);
    ASSERT_NE(vocabulary, nullptr) << entry.id;
    const auto wider = change(m, Dimension::vocabulary, vocabulary->effective + 64);
    ASSERT_TRUE(wider) << entry.id << ": " << wider.error().text();
    EXPECT_GT(wider->model->parameters, m.model->parameters) << entry.id;
    EXPECT_EQ(originalOf(wider->reference)->reference, m.reference) << entry.id;
  }
}

TEST(EditedModel, ABadValueIsRefusedInTheReadersOwnWords) {
  const NamedModel llama = catalogue("meta-llama/Llama-3.1-8B");
  const auto uneven = change(llama, Dimension::kv_heads, 7);
  ASSERT_FALSE(uneven);
  EXPECT_EQ(uneven.error().message, "32 attention heads cannot share 7 key-value heads evenly.");
  EXPECT_FALSE(change(llama, Dimension::layers, 0));
  EXPECT_FALSE(change(llama, Dimension::layers, 1'000'000'000));
  EXPECT_FALSE(change(llama, Dimension::vocabulary, -5));
}

TEST(EditedModel, BareDimensionsStayBare) {
  DimensionsModel bare;
  bare.layers = 32;
  bare.hidden = 4096;
  const NamedModel m{bare, std::make_shared<const Model>(*modelFromDimensions(bare))};
  const auto deeper = change(m, Dimension::layers, 64);
  ASSERT_TRUE(deeper) << deeper.error().text();
  EXPECT_EQ(std::get<DimensionsModel>(deeper->reference).layers, 64);
  EXPECT_EQ(deeper->model->layers(), 64);
  EXPECT_FALSE(originalOf(deeper->reference));
  const auto counted = change(m, Dimension::parameters, 7'000'000'000);
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->model->parameters, Parameters(7'000'000'000));
}

TEST(EditedModel, AMemoryThatLeadsNowhereIsNoWayBack) {
  for (const char* memory :
       {R"("x")", R"({"values": {"no pointer": 1}})", R"({"values": {"/a/b/c": 1}, "added": {"/model_type/0": true}})",
        R"({"from": 7, "values": {"/hidden_size": 64}})"}) {
    const std::string config =
        R"({"model_type":"llama","hidden_size":256,"intermediate_size":512,"num_hidden_layers":4,"num_attention_heads":8,"vocab_size":1000,"headroom_edited":)" +
        std::string(memory) + "}";
    const NamedModel m = pasted(config.c_str());
    editableDimensions(m.reference, *m.model);
    originalOf(m.reference);
    change(m, Dimension::layers, 5);
  }
  SUCCEED();  // none of it threw or crashed
}

}  // namespace
}  // namespace headroom
