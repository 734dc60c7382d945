#include "core/open/local_models.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace headroom {
namespace {

namespace fs = std::filesystem;

class LocalModels : public testing::Test {
 protected:
  LocalModels() { fs::remove_all(root); }
  ~LocalModels() override { fs::remove_all(root); }

  void write(const std::string& path, const std::string& bytes) {
    fs::create_directories(fs::path(root + path).parent_path());
    std::ofstream(root + path, std::ios::binary) << bytes;
  }
  std::string root =
      testing::TempDir() + "headroom-local-" + testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(LocalModels, AreListedWithNameSizeAndWhatToOpen) {
  write("/hf/models--Qwen--Qwen3-8B/refs/main", "abc");
  write("/hf/models--Qwen--Qwen3-8B/snapshots/abc/config.json", "{}");
  write("/hf/models--Qwen--Qwen3-8B/snapshots/abc/model-00001-of-00002.safetensors", std::string(30, 'x'));
  write("/hf/models--Qwen--Qwen3-8B/snapshots/abc/model-00002-of-00002.safetensors", std::string(12, 'x'));
  write("/hf/datasets--some--data/snapshots/abc/config.json", "{}");
  const std::string digest(64, 'a');
  write("/ollama/blobs/sha256-" + digest, std::string(7, 'g'));
  write("/ollama/manifests/registry.ollama.ai/library/llama3.1/8b",
        R"({"layers": [{"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:00"},
                       {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:)" +
            digest + R"(", "size": 7}]})");
  write("/lm/publisher/repo/model-00001-of-00002.gguf", "12345");
  write("/lm/publisher/repo/model-00002-of-00002.gguf", "12345");
  write("/lm/publisher/repo/mmproj-model.gguf", "1");
  write("/llama/some.gguf", "123");

  const auto found = localModels({{root + "/hf"}, {root + "/ollama"}, {root + "/lm"}, {root + "/llama"}});
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].name, "Qwen/Qwen3-8B");
  EXPECT_EQ(found[0].path, root + "/hf/models--Qwen--Qwen3-8B/snapshots/abc");
  EXPECT_EQ(found[0].size, Bytes(42));
  EXPECT_EQ(found[1].name, "llama3.1:8b");
  EXPECT_EQ(found[1].path, root + "/ollama/blobs/sha256-" + digest);
  EXPECT_EQ(found[2].name, "publisher/repo/model-00001-of-00002.gguf");
  EXPECT_EQ(found[3].store, LocalStore::llama_cpp);
}

TEST_F(LocalModels, PassOverWhatIsMissingOrBroken) {
  write("/ollama/manifests/host/library/m/tag", "not json");
  write("/ollama/manifests/host/library/m/evil",
        R"({"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../etc/passwd"}]})");
  write("/hf/models--a--b/refs/main", "../../..");
  EXPECT_TRUE(localModels({{root + "/hf", "", root + "/none"}, {root + "/ollama"}, {}, {}}).empty());
}

}  // namespace
}  // namespace headroom
