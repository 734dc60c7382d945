// A hub of one's own on loopback, with a cache of one's own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "core/open/hub/hub.h"
#include "tests/support/http_test_server.h"

namespace headroom::test {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kConfig =
    R"({"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "intermediate_size": 128,
  "num_hidden_layers": 1, "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 100, "tie_word_embeddings": true,
  "max_position_embeddings": 512, "torch_dtype": "bfloat16"})";

// The header of a safetensors file with one tensor, and `weights` bytes of nothing behind it.
inline std::string safetensors(std::size_t weights) {
  const std::string header =
      R"({"model.embed_tokens.weight": {"dtype": "BF16", "shape": [100, 64], "data_offsets": [0, 12800]}})";
  std::string bytes(8, '\0');
  for (std::size_t i = 0, n = header.size(); i < 8; ++i, n >>= 8) bytes[i] = static_cast<char>(n & 0xff);
  return bytes + header + std::string(weights, '\0');
}

class HubTest : public testing::Test {
 protected:
  HubTest() {
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    options.cacheFolder = folder + "/cache";
    options.endpoint = server.address();
    options.connectSeconds = 2;
    options.stallSeconds = 2;
  }
  ~HubTest() override { fs::remove_all(folder); }
  HubTest(const HubTest&) = delete;
  HubTest& operator=(const HubTest&) = delete;

  void serve(const std::string& path, const std::string& body, int status = 200) {
    server.server.Get(path, [body, status, this](const httplib::Request& request, httplib::Response& answer) {
      ++requests;
      if (request.has_header("Authorization")) ++withToken;
      answer.status = status;
      answer.set_header("X-Repo-Commit", commit);
      answer.set_content(body, "application/octet-stream");
    });
  }
  void serveModel() {
    serve("/org/name/resolve/main/config.json", kConfig);
    serve("/org/name/resolve/main/model.safetensors", safetensors(200'000));
  }
  Result<std::string> snapshot() { return hubSnapshot({"org/name", "", ""}, options); }

  // Everything that lies below the test's folder, in one text.
  std::string bytesBelow() const {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      all += entry.path().string() + "\n";
      std::ifstream file(entry.path(), std::ios::binary);
      if (entry.is_regular_file()) all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

  std::string folder = testing::TempDir() + "headroom-hub-XXXXXX";
  std::mutex silence;  // outlives the server, whose handlers wait for it
  HttpTestServer server;
  HubOptions options;
  std::string commit = "c0ffee";
  std::atomic<int> requests{0}, withToken{0};
};

}  // namespace headroom::test
