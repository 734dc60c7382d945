# A small file is compiled in two seconds, of which most go into headers that its neighbours read too. A first build
# without ccache therefore takes sources in bundles (CMake's unity builds) as packaging/bundles.py groups them. With
# ccache every file stays alone: an edit then costs one file, and what did not change is in the cache.
option(HEADROOM_BUNDLED "Compile sources in bundles, where no ccache is at work" OFF)

# Bundles the sources of a target of this folder; one that has options of its own is compiled alone.
function(headroom_bundle target)
  if(NOT HEADROOM_BUNDLED OR CMAKE_CXX_COMPILER_LAUNCHER)
    return()
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "^${PROJECT_SOURCE_DIR}/(core|app|ui|tests)/.*\\.cpp$")
  execute_process(COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/packaging/bundles.py ${PROJECT_SOURCE_DIR} 8 ${sources}
                  OUTPUT_VARIABLE lines OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" lines "${lines}")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([0-9]+) (.*)$" line "${line}")
    # Named after the target: a source of two targets has one group, the last one's, and is alone in the other.
    set_source_files_properties(${CMAKE_MATCH_2} PROPERTIES UNITY_GROUP ${target}_${CMAKE_MATCH_1})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
