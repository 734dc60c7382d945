// A real HTTP server on loopback for tests of the hub client (cpp-httplib).
#pragma once

#include <httplib.h>

#include <string>
#include <thread>

namespace headroom::test {

class HttpTestServer {
 public:
  HttpTestServer() { port_ = server.bind_to_any_port("127.0.0.1"); }
  ~HttpTestServer() { stop(); }
  HttpTestServer(const HttpTestServer&) = delete;
  HttpTestServer& operator=(const HttpTestServer&) = delete;

  // Call after the routes have been set.
  void start() {
    thread_ = std::thread([this] { server.listen_after_bind(); });
    while (!server.is_running()) std::this_thread::yield();  // stop() before that would be lost
  }
  void stop() {
    server.stop();
    if (thread_.joinable()) thread_.join();
  }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }

  httplib::Server server;

 private:
  int port_ = 0;
  std::thread thread_;
};

}  // namespace headroom::test
