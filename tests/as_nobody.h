// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

/// Root may write anywhere; for a while we are somebody else.
class AsNobody
{
public:
    AsNobody() { m_wasRoot = geteuid() == 0 && setresuid(65534, 65534, 0) == 0; }
    ~AsNobody()
    {
        if (m_wasRoot)
            m_wasRoot = setresuid(0, 0, 0) != 0;
    }

private:
    bool m_wasRoot;
};
