// What servers, caches and other people do to the hub's client: nothing of one place stands for another's, nothing
// secret is kept, and what cannot be had is said.
#include <cstdlib>

#include "core/open/hub/hub.h"
#include "tests/core/hub/hub_fixture.h"

namespace headroom {
namespace {

using namespace test;
using HubFaults = HubTest;
using testing::Contains;
using testing::Not;

std::string withHidden(const std::string& hidden) {
  std::string config = kConfig;
  return config.replace(config.find("64"), 2, hidden);
}

TEST_F(HubFaults, WhatOneEndpointAnsweredStandsForNoOther) {
  serveModel();
  server.start();
  HttpTestServer mirror;
  mirror.server.Get("/org/name/resolve/main/config.json", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_header("X-Repo-Commit", "c0ffee");
    answer.set_content(withHidden("128"), "application/json");
  });
  mirror.start();
  ASSERT_EQ(modelFromHub("org/name", "", options)->hidden, 64);
  HubOptions other = options;
  other.endpoint = mirror.address();
  other.offline = true;
  EXPECT_EQ(modelFromHub("org/name", "", other).error().code, ErrorCode::network);
  other.offline = false;
  EXPECT_EQ(modelFromHub("org/name", "", other)->hidden, 128);
  options.offline = other.offline = true;
  EXPECT_EQ(modelFromHub("org/name", "", options)->hidden, 64);
  EXPECT_EQ(modelFromHub("org/name", "", other)->hidden, 128);
}

TEST_F(HubFaults, ACopyOfAnotherAddressIsNone) {
  serveModel();
  server.start();
  const auto copy = snapshot();
  ASSERT_TRUE(copy);
  std::ofstream(*copy + "/.headroom-source") << "https://huggingface.co/org/name\n";
  options.offline = true;
  EXPECT_FALSE(snapshot());
}

// A disk that flips a bit, a hand that edits: the size is right, and the JSON is a model's.
TEST_F(HubFaults, ACopyWithOtherBytesIsBroughtAgain) {
  serveModel();
  server.start();
  const auto copy = snapshot();
  ASSERT_TRUE(copy);
  std::ofstream(*copy + "/config.json") << withHidden("96");
  options.offline = true;
  EXPECT_FALSE(modelFromHub("org/name", "", options)) << "offline, a damaged copy is none";
  options.offline = false;
  EXPECT_EQ(modelFromHub("org/name", "", options)->hidden, 64);
}

TEST_F(HubFaults, WorksWithoutAPlaceForItsCopies) {
  serveModel();
  server.start();
  ASSERT_TRUE(fs::create_directory(folder + "/tmp"));
  ::setenv("TMPDIR", (folder + "/tmp").c_str(), 1);
  std::ofstream(folder + "/file") << "in the way";
  for (const std::string& place : {std::string("/proc/headroom"), std::string(), folder + "/file"}) {
    options.cacheFolder = place;
    const auto model = modelFromHub("org/name", "", options);
    ASSERT_TRUE(model) << place << ": " << model.error().text();
    EXPECT_EQ(model->hidden, 64);
    EXPECT_THAT(model->notes, Contains(HasSubstr("No copy could be kept"))) << place;
    EXPECT_TRUE(fs::is_empty(folder + "/tmp")) << place;
  }
  ::unsetenv("TMPDIR");
  options.offline = true;
  EXPECT_FALSE(modelFromHub("org/name", "", options));
}

TEST_F(HubFaults, ASlowServerEndsWithTheTimeForTheWhole) {
  server.server.Get("/org/name/resolve/main/config.json", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_content_provider(100'000, "application/json", [](std::size_t, std::size_t, httplib::DataSink& sink) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return sink.write(" ", 1);
    });
  });
  server.start();
  options.totalSeconds = 1;
  options.stallSeconds = 30;
  EXPECT_THAT(snapshot().error().message, HasSubstr("too slow"));  // else it would take an hour and more
}

TEST_F(HubFaults, WhatLogsInIsSentAndNeverShownOrKept) {
  std::atomic<int> loggedIn{0};
  server.server.set_pre_routing_handler([&](const httplib::Request& request, httplib::Response&) {
    if (request.get_header_value("Authorization").starts_with("Basic ")) ++loggedIn;
    return httplib::Server::HandlerResponse::Unhandled;
  });
  serveModel();
  server.start();
  options.endpoint.insert(options.endpoint.find("//") + 2, "me:secret@");
  const auto model = modelFromHub("org/name", "", options);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_GT(loggedIn, 0);
  EXPECT_EQ(model->source, server.address() + "/org/name");
  EXPECT_THAT(bytesBelow(), Not(HasSubstr("secret")));
  for (const char* id :
       {"org/missing", "https://me:secret@huggingface.co/org/missing", "https://me:secret@x.y/org/name",
        "https://me:secret@huggingface.co/datasets/a/b", "https://me:sec@ret@huggingface.co/"}) {
    const auto missing = modelFromHub(id, "", options);
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().text(), Not(testing::ContainsRegex("sec@?ret"))) << id;
  }
  server.server.stop();
  options.cacheFolder = folder + "/empty";
  EXPECT_THAT(modelFromHub("org/name", "", options).error().text(), Not(HasSubstr("secret")));
}

TEST(HubAddress, IsShownWithoutWhatLogsIn) {
  for (const auto& [address, shown] : {std::pair{"https://me:pw@host/x@y", "https://host/x@y"},
                                       {"https://host/a@b", "https://host/a@b"},
                                       {"https://a@b@host:80?x", "https://host:80?x"},
                                       {"https://me@host", "https://host"},
                                       {"org/name@v1", "org/name@v1"},
                                       {"https://", "https://"}})
    EXPECT_EQ(withoutUserInfo(address), shown);
}

TEST_F(HubFaults, ARevisionIsCheckedLikeAnId) {
  serveModel();
  server.start();
  for (const char* bad : {"../../x", "..", "a//b", "/etc", "a b", "main?x=1", "main#f", "a\nb", "a\x1b[2J", "%2e%2e",
                          "a\\b", ".hidden", "refs/.git", "a@b", "main/"})
    EXPECT_EQ(modelFromHub("org/name", bad, options).error().code, ErrorCode::value) << bad;
  EXPECT_EQ(modelFromHub("org/name", std::string(300, 'a'), options).error().code, ErrorCode::value);
  EXPECT_EQ(requests, 0);
  for (const char* good : {"main", "refs/pr/12", "v1.0+cu121", "feature/x", "4.0bpw"}) EXPECT_TRUE(isRevision(good));
  // Ids that would share a folder of the cache are none.
  for (const char* bad : {"a--b/c", "a/b--c", "a..b/c"}) EXPECT_FALSE(parseHubId(bad)) << bad;
}

TEST_F(HubFaults, AServerCannotLeadOutOfTheCache) {
  serveModel();
  server.start();
  for (const char* hostile : {"../../../out", "refs", ".headroom-source", "/etc", "a b"}) {
    commit = hostile;
    ASSERT_TRUE(modelFromHub("org/name", "", options)) << hostile;
    for (const auto& entry : fs::directory_iterator(folder)) EXPECT_EQ(entry.path(), options.cacheFolder) << hostile;
    options.offline = true;
    EXPECT_TRUE(modelFromHub("org/name", "", options)) << hostile;
    options.offline = false;
  }
}

TEST_F(HubFaults, ANameOfAFileIsNoAddress) {
  serve("/org/name/resolve/main/config.json", kConfig);
  serve("/org/name/resolve/main/model.safetensors.index.json", R"({"weight_map": {"a": "one two#%1.safetensors"}})");
  serve("/org/name/resolve/main/one two#%1.safetensors", safetensors(10));
  server.start();
  EXPECT_TRUE(snapshot()) << snapshot().error().text();
}

TEST_F(HubFaults, RefusesWhatNoRepositoryHolds) {
  const auto indexed = [](const std::string& files) { return R"({"weight_map": {)" + files + "}}"; };
  std::string many;
  for (int i = 0; i < 3000; ++i)
    many += (i > 0 ? ", \"t" : "\"t") + std::to_string(i) + "\": \"f" + std::to_string(i) + "\"";
  serve("/org/many/resolve/main/config.json", kConfig);
  serve("/org/many/resolve/main/model.safetensors.index.json", indexed(many));
  serve("/org/mark/resolve/main/config.json", kConfig);
  serve("/org/mark/resolve/main/model.safetensors.index.json", indexed(R"("a": ".headroom-source")"));
  serve("/org/huge/resolve/main/config.json", kConfig);
  server.server.Get("/org/huge/resolve/main/model.safetensors", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_header("X-Linked-Size", "4611686018427387904");
    answer.set_chunked_content_provider("application/octet-stream", [](std::size_t, httplib::DataSink& sink) {
      const std::string bytes = safetensors(10);
      sink.write(bytes.data(), bytes.size());
      sink.done();
      return true;
    });
  });
  server.start();
  const auto messageOf = [&](const char* id) {
    const auto copy = hubSnapshot({id, "", ""}, options);
    return copy ? std::string("it was read") : copy.error().message;
  };
  EXPECT_THAT(messageOf("org/many"), HasSubstr("more files than any model has"));
  EXPECT_THAT(messageOf("org/mark"), HasSubstr("outside"));
  EXPECT_THAT(messageOf("org/huge"), HasSubstr("4611686018427387904 bytes"));
}

// huggingface_hub 0.36.2, constants.py and utils/_auth.py
TEST(HubEnvironment, IsReadAsItsLibraryReadsIt) {
  const auto options = [](std::initializer_list<std::pair<const char*, const char*>> set) {
    const char* const kAll[] = {
        "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_TOKEN",      "HUGGING_FACE_HUB_TOKEN",
        "HF_ENDPOINT",    "XDG_CACHE_HOME",       "HF_TOKEN_PATH", "HF_HUB_DISABLE_IMPLICIT_TOKEN"};
    for (const char* name : kAll) ::unsetenv(name);
    ::setenv("HF_HOME", "/nowhere", 1);
    for (const auto& [name, value] : set) ::setenv(name, value, 1);
    HubOptions read = hubOptionsFromEnvironment();
    for (const char* name : kAll) ::unsetenv(name);
    ::unsetenv("HF_HOME");
    return read;
  };
  for (const char* yes : {"1", "ON", "on", "yes", "True", "TRUE", "tRuE"}) {
    EXPECT_TRUE(options({{"HF_HUB_OFFLINE", yes}}).offline) << yes;
    EXPECT_TRUE(options({{"TRANSFORMERS_OFFLINE", yes}}).offline) << yes;
    EXPECT_FALSE(options({{"HF_HUB_OFFLINE", "0"}, {"TRANSFORMERS_OFFLINE", yes}}).offline) << yes;
    EXPECT_TRUE(options({{"HF_HUB_OFFLINE", ""}, {"TRANSFORMERS_OFFLINE", yes}}).offline) << yes;
  }
  for (const char* no : {"", "0", "false", "no", "2", " 1"})
    EXPECT_FALSE(options({{"HF_HUB_OFFLINE", no}}).offline) << no;
  EXPECT_EQ(options({{"HF_TOKEN", "  hf_x\r\n"}}).token, "hf_x");
  EXPECT_EQ(options({{"HF_TOKEN", "hf_x\r\nEvil: 1"}}).token, "hf_xEvil: 1") << "one header, whatever stands in it";
  EXPECT_EQ(options({{"HUGGING_FACE_HUB_TOKEN", "old"}}).token, "old");
  EXPECT_EQ(options({{"HF_TOKEN", "hf_x"}, {"HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"}}).token, "");
  EXPECT_EQ(options({{"HF_ENDPOINT", "https://mirror//"}}).endpoint, "https://mirror");
  EXPECT_EQ(options({{"XDG_CACHE_HOME", "/cache"}}).cacheFolder, "/cache/headroom/hub");
  EXPECT_NE(options({{"XDG_CACHE_HOME", "here"}}).cacheFolder, "here/headroom/hub") << "a relative folder is none";
}

}  // namespace
}  // namespace headroom
