# SPDX-License-Identifier: Apache-2.0
# `cmake --install build/release --prefix DIR`, and `cpack -G DEB` in build/release for a Debian package.
if(NOT TARGET maskwright OR NOT TARGET maskwright-cli)
    return()
endif()
set(linux "${PROJECT_SOURCE_DIR}/packaging/linux")
set(application_id org.maskwright.Maskwright)

install(TARGETS maskwright maskwright-cli)
foreach(module maskwright-codecs maskwright-torch)
    if(TARGET ${module})
        install(TARGETS ${module} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/maskwright")
    endif()
endforeach()
install(FILES "${linux}/${application_id}.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
install(FILES "${linux}/${application_id}.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
install(FILES "${PROJECT_SOURCE_DIR}/resources/icons/app.svg" RENAME "${application_id}.svg"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
install(FILES "${linux}/maskwright-cli.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" RENAME copyright DESTINATION "${CMAKE_INSTALL_DOCDIR}")

set(CPACK_PACKAGE_NAME maskwright)
set(CPACK_PACKAGE_CONTACT "The Maskwright authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no library reference tells: the SQLite driver is a plug-in, the fast BLAS is Debian's choice at run time.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libopenblas0-pthread")
include(CPack)
