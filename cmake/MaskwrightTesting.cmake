# SPDX-License-Identifier: Apache-2.0
if(BUILD_TESTING)
    enable_testing()
endif()

# maskwright_test(tst_rle LINK core [LABELS slow] [PCH_FROM target]): one QtTest program from tst_rle.cpp,
# linked to the target under test. Tests read their files from TEST_DATA_DIR and never need a display.
function(maskwright_test name)
    cmake_parse_arguments(arg "" "PCH_FROM;TIMEOUT" "LINK;LABELS;SOURCES" ${ARGN})
    add_executable(${name} ${name}.cpp ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE maskwright_options Qt6::Test ${arg_LINK})
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_compile_definitions(${name} PRIVATE TEST_DATA_DIR="${PROJECT_SOURCE_DIR}/tests/data"
        MASKWRIGHT_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    if(arg_PCH_FROM)
        target_precompile_headers(${name} REUSE_FROM ${arg_PCH_FROM})
        # A precompiled header fits only the flags it was made with, and libraries are made with -fPIC.
        set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
        target_compile_options(${name} PRIVATE -fPIC)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;OMP_WAIT_POLICY=passive;GOMP_SPINCOUNT=0;QT_FORCE_STDERR_LOGGING=1")
endfunction()
