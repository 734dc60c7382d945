#include "core/open/hub/hub.h"

#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "tests/core/hub/hub_fixture.h"

namespace headroom {
namespace {

using namespace test;
using Hub = HubTest;

TEST_F(Hub, KeepsAHeaderOnlyCopyThatLooksLikeTheCheckpoint) {
  serveModel();
  server.start();
  const auto copy = snapshot();
  ASSERT_TRUE(copy) << copy.error().text();
  EXPECT_TRUE(fs::exists(*copy + "/config.json"));
  EXPECT_EQ(fs::file_size(*copy + "/model.safetensors"), safetensors(200'000).size());
  // The second reading finds the commit unchanged and reads nothing but the configuration.
  const int before = requests;
  ASSERT_TRUE(snapshot());
  EXPECT_EQ(requests - before, 1);
}

TEST_F(Hub, GivesTheModelOfTheConfiguration) {
  serveModel();
  server.start();
  const auto model = modelFromHub("https://huggingface.co/org/name/tree/main", "", options);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(model->id, "org/name");
  EXPECT_EQ(model->hidden, 64);
  EXPECT_EQ(model->source, server.address() + "/org/name");
}

TEST_F(Hub, ReadsTheShardsTheIndexNames) {
  serve("/org/name/resolve/main/config.json", kConfig);
  serve("/org/name/resolve/main/model.safetensors.index.json",
        R"({"weight_map": {"a": "one.safetensors", "b": "two.safetensors"}})");
  serve("/org/name/resolve/main/one.safetensors", safetensors(10));
  serve("/org/name/resolve/main/two.safetensors", safetensors(20));
  server.start();
  const auto copy = snapshot();
  ASSERT_TRUE(copy) << copy.error().text();
  EXPECT_TRUE(fs::exists(*copy + "/one.safetensors"));
  EXPECT_TRUE(fs::exists(*copy + "/two.safetensors"));
}

TEST_F(Hub, RefusesAnIndexThatLeadsOutOfTheFolder) {
  serve("/org/name/resolve/main/config.json", kConfig);
  serve("/org/name/resolve/main/model.safetensors.index.json", R"({"weight_map": {"a": "../../evil"}})");
  server.start();
  const auto copy = snapshot();
  ASSERT_FALSE(copy);
  EXPECT_THAT(copy.error().message, HasSubstr("outside"));
}

TEST_F(Hub, SurvivesOfflineWithTheCopyItHas) {
  serveModel();
  server.start();
  const auto online = snapshot();
  ASSERT_TRUE(online);
  options.offline = true;
  EXPECT_EQ(snapshot().value_or(""), *online);
  options.offline = false;
  server.server.stop();
  EXPECT_EQ(snapshot().value_or(""), *online);
  const auto model = modelFromHub("org/name", "", options);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_THAT(model->notes,
              testing::Contains(testing::AllOf(HasSubstr(server.address() + "/org/name"), HasSubstr("brought on 20"),
                                               HasSubstr("cannot be reached"))));
}

TEST_F(Hub, ABrokenUpdateLeavesTheOldCopy) {
  std::atomic<bool> broken{false};
  server.server.Get("/org/name/resolve/main/config.json", [&](const httplib::Request&, httplib::Response& answer) {
    answer.set_header("X-Repo-Commit", broken ? "new" : "old");
    answer.set_content(kConfig, "application/json");
  });
  server.server.Get("/org/name/resolve/main/model.safetensors",
                    [&](const httplib::Request&, httplib::Response& answer) {
                      answer.status = broken ? 500 : 200;
                      answer.set_content(safetensors(10), "application/octet-stream");
                    });
  server.start();
  const auto first = snapshot();
  ASSERT_TRUE(first);
  broken = true;
  EXPECT_EQ(snapshot().value_or(""), *first);
}

// A crash may leave a name without its bytes, and people tidy up caches by hand.
TEST_F(Hub, BringsAgainWhatWasDamaged) {
  serveModel();
  server.start();
  const auto copy = snapshot();
  ASSERT_TRUE(copy);
  const std::string config = *copy + "/config.json", weights = *copy + "/model.safetensors";
  const auto opens = [&] { return modelFromHub("org/name", "", options).has_value(); };
  fs::resize_file(config, 0);
  EXPECT_TRUE(opens());
  fs::remove(weights);
  EXPECT_TRUE(opens());
  EXPECT_TRUE(fs::exists(weights));
  fs::resize_file(weights, 100);
  EXPECT_TRUE(opens());
  // Of the right size, but not what was written.
  std::ofstream(config) << std::string(std::string(kConfig).size(), 'x');
  EXPECT_TRUE(opens());
  fs::remove(config);
  fs::create_directory(config);
  EXPECT_TRUE(opens());  // nothing of ours to replace: it is read without being kept
  fs::remove(config);
  EXPECT_TRUE(opens());
  std::ofstream(*copy + "/../refs/main") << "\x01nonsense";
  EXPECT_TRUE(opens());
  options.offline = true;
  EXPECT_TRUE(opens());
  fs::resize_file(weights, 100);
  EXPECT_EQ(snapshot().error().code, ErrorCode::network);  // offline, a damaged copy is none
}

// Copies of before the mark listed the files count as complete: offline they are all there is.
TEST_F(Hub, ReadsCopiesOfOlderVersions) {
  serveModel();
  server.start();
  const auto copy = snapshot();
  ASSERT_TRUE(copy);
  std::ofstream(*copy + "/.headroom-source") << server.address() << "/org/name\n"
                                             << fs::file_size(*copy + "/model.safetensors") << " model.safetensors\n";
  options.offline = true;
  EXPECT_EQ(snapshot().value_or(""), *copy);
}

// Each process counts for itself, so a name made of a counter is everybody's name.
TEST_F(Hub, SurvivesOtherProgramsThatBringTheSameModel) {
  serveModel();
  server.start();
  const auto copy = snapshot();
  ASSERT_TRUE(copy);
  std::vector<pid_t> others;
  for (int i = 0; i < 6; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int n = 0; n < 5; ++n) {
        if (!modelFromHub("org/name", "", options)) ::_exit(1);
        std::error_code ignored;
        fs::remove(*copy + "/.headroom-source", ignored);  // so that all write again
      }
      ::_exit(0);
    }
    others.push_back(child);
  }
  for (const pid_t child : others) {
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_TRUE(modelFromHub("org/name", "", options));
  for (const auto& entry : fs::recursive_directory_iterator(options.cacheFolder))
    EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
}

TEST_F(Hub, SaysWhatIsWrong) {
  serve("/org/gated/resolve/main/config.json", "", 401);
  serve("/org/limited/resolve/main/config.json", "", 429);
  server.start();
  const auto messageOf = [&](const char* id) { return hubSnapshot({id, "", ""}, options).error().message; };
  EXPECT_THAT(messageOf("org/gated"), HasSubstr("HF_TOKEN"));
  EXPECT_THAT(messageOf("org/limited"), HasSubstr("429"));
  EXPECT_EQ(hubSnapshot({"org/missing", "", ""}, options).error().code, ErrorCode::not_found);
  options.endpoint = "http://127.0.0.1:1";
  EXPECT_THAT(messageOf("org/name"), HasSubstr("cannot be reached"));
  options.offline = true;
  EXPECT_THAT(messageOf("org/name"), HasSubstr("HF_HUB_OFFLINE"));
}

TEST_F(Hub, CutsOffAnAnswerThatIsTooLarge) {
  serve("/org/name/resolve/main/config.json", std::string(17 << 20, ' '));
  server.start();
  EXPECT_THAT(snapshot().error().message, HasSubstr("larger than"));
}

TEST_F(Hub, RefusesAHeaderThatClaimsMoreThanTheFormatAllows) {
  serve("/org/name/resolve/main/config.json", kConfig);
  serve("/org/name/resolve/main/model.safetensors", std::string(64, '\x7f'));
  server.start();
  EXPECT_THAT(snapshot().error().message, HasSubstr("claims a header"));
}

TEST_F(Hub, SaysSoWhenAHeaderIsTruncated) {
  serve("/org/name/resolve/main/config.json", kConfig);
  serve("/org/name/resolve/main/model.safetensors", safetensors(0).substr(0, 40));
  server.start();
  EXPECT_THAT(snapshot().error().message, HasSubstr("ends inside"));
}

TEST_F(Hub, SendsTheTokenToTheEndpointAndNeverToAnotherHost) {
  HttpTestServer elsewhere;
  std::atomic<int> leaked{0}, served{0};
  elsewhere.server.Get("/file", [&](const httplib::Request& request, httplib::Response& answer) {
    ++served;
    if (request.has_header("Authorization")) ++leaked;
    answer.set_content(safetensors(10), "application/octet-stream");
  });
  elsewhere.start();
  serve("/org/name/resolve/main/config.json", kConfig);
  server.server.Get(
      "/org/name/resolve/main/model.safetensors",
      [&](const httplib::Request&, httplib::Response& answer) { answer.set_redirect(elsewhere.address() + "/file"); });
  server.start();
  options.token = "hf_secret";
  const auto copy = snapshot();
  ASSERT_TRUE(copy) << copy.error().text();
  EXPECT_GT(withToken, 0);
  EXPECT_GT(served, 0);
  EXPECT_EQ(leaked, 0);
  // Nor is it written anywhere below the cache.
  EXPECT_EQ(bytesBelow().find("hf_secret"), std::string::npos);
}

TEST_F(Hub, GivesUpOnEndlessRedirects) {
  server.server.Get("/org/name/resolve/main/config.json", [&](const httplib::Request&, httplib::Response& answer) {
    answer.set_redirect(server.address() + "/org/name/resolve/main/config.json");
  });
  server.start();
  EXPECT_THAT(snapshot().error().message, HasSubstr("redirects more than"));
}

TEST_F(Hub, GivesUpOnAServerThatStopsAnswering) {
  std::unique_lock held(silence);
  server.server.Get("/org/name/resolve/main/config.json",
                    [this](const httplib::Request&, httplib::Response&) { std::lock_guard wait(silence); });
  server.start();
  options.stallSeconds = 1;
  EXPECT_THAT(snapshot().error().message, HasSubstr("too slow"));
  held.unlock();
}

TEST_F(Hub, SaysWhatIsBeingReadAndHowMuchHasCome) {
  serveModel();
  server.start();
  std::uint64_t most = 0;
  std::set<std::string> files;
  options.progress = [&](const HubProgress& p) {
    EXPECT_GE(p.bytes, most) << "bytes went backwards at " << p.file;
    most = std::max(most, p.bytes);
    files.insert(p.file);
    return true;
  };
  ASSERT_TRUE(snapshot());
  EXPECT_GT(most, std::string(kConfig).size());
  EXPECT_TRUE(files.contains("config.json"));
  EXPECT_TRUE(files.contains("model.safetensors"));
}

TEST_F(Hub, CanBeCancelled) {
  serveModel();
  server.start();
  options.progress = [](const HubProgress&) { return false; };
  EXPECT_THAT(snapshot().error().message, HasSubstr("Cancelled"));
}

TEST(HubId, ReadsIdsAndAddresses) {
  EXPECT_EQ(parseHubId("Qwen/Qwen3-8B")->id, "Qwen/Qwen3-8B");
  const auto address = parseHubId("https://huggingface.co/org/name/blob/dev/sub/x.gguf?download=true");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->id, "org/name");
  EXPECT_EQ(address->revision, "dev");
  EXPECT_EQ(address->file, "sub/x.gguf");
  const auto tagged = parseHubId("org/name@v1.0");
  ASSERT_TRUE(tagged);
  EXPECT_EQ(tagged->id, "org/name");
  EXPECT_EQ(tagged->revision, "v1.0");
  EXPECT_EQ(parseHubId("huggingface.co/org/name/tree/dev")->revision, "dev");
  EXPECT_EQ(parseHubId("hf.co/org/name")->id, "org/name");
  EXPECT_EQ(parseHubId("https://huggingface.co/org/name?show_file_info=a.gguf&x=1")->file, "a.gguf");
  EXPECT_THAT(parseHubId("https://huggingface.co/datasets/org/name").error().message, HasSubstr("datasets"));
  for (const char* bad :
       {"org/name@", "org/name@a b", "", "name", "../x", "a/..", "a b/c", "https://huggingface.co/", "org/na\nme"})
    EXPECT_FALSE(parseHubId(bad)) << bad;
}

}  // namespace
}  // namespace headroom
