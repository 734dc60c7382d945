# A test that cannot run: says what is missing, and fails.
message(FATAL_ERROR "${WHAT} is not on this machine; packaging/install-packages installs it.")
