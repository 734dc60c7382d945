#include "core/open/catalogue.h"

#include <gtest/gtest.h>

#include <set>

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

TEST(Catalogue, OneModelIsBuiltOnce) {
  EXPECT_EQ(*catalogueModel("gpt2"), *catalogueModel("openai-community/gpt2"));
}

}  // namespace
}  // namespace headroom
