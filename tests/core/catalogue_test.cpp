#include "core/open/catalogue.h"

#include <gtest/gtest.h>

#include <set>

#include "core/formats/config/config.h"
#include "tests/support/json_schema.h"

namespace headroom {
namespace {

TEST(Catalogue, EveryModelCountsAsPublished) {
  ASSERT_GE(modelCatalogue().size(), 30u);
  for (const CatalogueEntry& entry : modelCatalogue()) {
    const auto model = catalogueModel(entry.id);
    ASSERT_TRUE(model.has_value()) << entry.id << ": " << model.error().text();
    EXPECT_EQ((*model)->parameters, entry.parameters) << entry.id;
    EXPECT_TRUE((*model)->notes.empty()) << entry.id << ": " << (*model)->notes.front();
  }
}

TEST(Catalogue, EveryEntryNamesItsSourceAndNoIdComesTwice) {
  std::set<std::string> ids;
  for (const CatalogueEntry& entry : modelCatalogue()) {
    EXPECT_FALSE(entry.source.empty()) << entry.id;
    EXPECT_FALSE(entry.label.empty()) << entry.id;
    EXPECT_FALSE(entry.family.empty()) << entry.id;
    EXPECT_TRUE(ids.insert(entry.id).second) << entry.id;
  }
}

TEST(Catalogue, FindsByIdLabelAndAliasInAnyCase) {
  const CatalogueEntry* llama = findCatalogueModel("meta-llama/Llama-3.1-8B");
  ASSERT_NE(llama, nullptr);
  EXPECT_EQ(llama->parameters, Parameters(8'030'261'248));
  EXPECT_EQ(findCatalogueModel("META-LLAMA/llama-3.1-8b-INSTRUCT"), llama);
  EXPECT_EQ(findCatalogueModel("llama 3.1 8b"), llama);
  EXPECT_EQ(findCatalogueModel("Llama-3.1-8B"), llama);
}

TEST(Catalogue, AnUnknownNameIsAnsweredWithTheNearestOnes) {
  const auto model = catalogueModel("meta-llama/Lama-3.1-8B");
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().code, ErrorCode::unknown_name);
  EXPECT_NE(model.error().message.find("meta-llama/Llama-3.1-8B"), std::string::npos) << model.error().message;
}

TEST(Catalogue, ItsLayoutMeansNothing) {
  const nlohmann::json file = sourceJson("resources/catalogue/models.json");
  const auto shipped = [] {
    const auto all = modelCatalogue();
    return std::vector<CatalogueEntry>(all.begin(), all.end());
  }();
  EXPECT_EQ(readModelCatalogue(file.dump(4)).size(), file["models"].size());
  // Sorted keys move inside the configuration too, so that only what it says can be compared.
  for (const std::string& text : {file.dump(4), file.dump()}) {
    std::vector<CatalogueEntry> read = readModelCatalogue(text);
    ASSERT_EQ(read.size(), shipped.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
      EXPECT_EQ(nlohmann::json::parse(read[i].config), nlohmann::json::parse(shipped[i].config)) << read[i].id;
      read[i].config = shipped[i].config;
    }
    EXPECT_EQ(read, shipped);
  }
  const nlohmann::json defaults = sourceJson("resources/catalogue/config_defaults.json");
  for (const char* type : {"llama", "qwen3_moe", "gemma3_text"}) {
    EXPECT_FALSE(classDefaults(type).empty()) << type;
    EXPECT_EQ(readClassDefaults(defaults.dump(4), type), classDefaults(type)) << type;
    EXPECT_EQ(readClassDefaults(defaults.dump(), type), classDefaults(type)) << type;
  }
  EXPECT_TRUE(classDefaults("\"llama\"").empty());
}

TEST(Catalogue, OneModelIsBuiltOnce) {
  EXPECT_EQ(*catalogueModel("gpt2"), *catalogueModel("openai-community/gpt2"));
}

}  // namespace
}  // namespace headroom
