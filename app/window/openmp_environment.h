// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Lets idle threads of LibTorch's OpenMP sleep instead of spin: spinning ones take the cores that
/// the window needs and slow one another down. OpenMP reads its environment while libraries are
/// loaded, before main(), so the program starts itself anew with the variables set; what the user
/// set stays. Returns when there is nothing to set.
void setOpenMpEnvironment(char **arguments);
