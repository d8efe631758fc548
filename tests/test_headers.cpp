// SPDX-License-Identifier: Apache-2.0
// Nothing: the target test_headers is there for its precompiled header.
