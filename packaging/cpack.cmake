# What is installed beside the programs, and the packages that `cpack -G DEB` makes of a release build: headroom (the
# window), headroom-cli (without Qt), libheadroom0, libheadroom-dev and python3-headroom.
if(NOT PROJECT_IS_TOP_LEVEL OR SKBUILD)
  return()
endif()
include(GNUInstallDirs)
set(linux ${PROJECT_SOURCE_DIR}/packaging/linux)

if(HEADROOM_GUI)
  install(FILES ${linux}/headroom.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT gui)
  install(FILES ${linux}/headroom-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME headroom.xml
          COMPONENT gui)
  install(FILES ${linux}/io.github.headroom.Headroom.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
          COMPONENT gui)
  install(FILES ${linux}/headroom.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT gui)
endif()

# Debian wants manuals and the change log compressed, without a time stamp.
function(install_compressed file name destination component)
  set(out ${PROJECT_BINARY_DIR}/packaging/${component}/${name}.gz)
  get_filename_component(folder ${out} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND gzip -9nc ${file} OUTPUT_FILE ${out} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${out} DESTINATION ${destination} COMPONENT ${component})
endfunction()
install_compressed(${linux}/headroom-cli.1 headroom-cli.1 ${CMAKE_INSTALL_MANDIR}/man1 cli)
if(HEADROOM_GUI)
  install_compressed(${linux}/headroom.1 headroom.1 ${CMAKE_INSTALL_MANDIR}/man1 gui)
endif()
install(FILES ${linux}/headroom-cli.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME headroom-cli COMPONENT cli)
install(FILES ${linux}/headroom-cli.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions
        RENAME _headroom-cli COMPONENT cli)
install(FILES ${linux}/headroom-cli.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
        COMPONENT cli)

set(packages gui cli library development python)
set(gui_package headroom)
set(cli_package headroom-cli)
set(library_package libheadroom${PROJECT_VERSION_MAJOR})
set(development_package libheadroom-dev)
set(python_package python3-headroom)
foreach(component IN LISTS packages)
  set(package ${${component}_package})
  install_compressed(${PROJECT_SOURCE_DIR}/packaging/debian/changelog changelog
                     ${CMAKE_INSTALL_DATADIR}/doc/${package} ${component})
  install(FILES ${PROJECT_SOURCE_DIR}/packaging/debian/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
          COMPONENT ${component})
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package})
endforeach()

set(CPACK_PACKAGE_NAME headroom)
set(CPACK_PACKAGE_VENDOR "The Headroom developers")
set(CPACK_PACKAGE_CONTACT "The Headroom developers <headroom@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "accelerator memory of language models, byte by byte")
set(CPACK_PACKAGE_DESCRIPTION_FILE ${PROJECT_SOURCE_DIR}/packaging/debian/description)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/core/api)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_GUI_DESCRIPTION "accelerator memory of language models, byte by byte (window)")
set(CPACK_DEBIAN_CLI_DESCRIPTION "accelerator memory of language models, byte by byte (command line)")
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "accelerator memory of language models, byte by byte (library)")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "accelerator memory of language models, byte by byte (development)")
set(CPACK_DEBIAN_PYTHON_DESCRIPTION "accelerator memory of language models, byte by byte (Python)")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libheadroom${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "python3")
# Remote models are read with libcurl, which is loaded when it is needed.
set(CPACK_DEBIAN_CLI_PACKAGE_RECOMMENDS "libcurl4")
# Qt's own dialogs in the languages of the window.
set(CPACK_DEBIAN_GUI_PACKAGE_RECOMMENDS "libcurl4, headroom-cli, qt6-translations-l10n")
include(CPack)
