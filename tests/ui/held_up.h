// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"

#include <QSemaphore>

#include <memory>

/// Keeps the project's thread from doing anything until it is let go.
class HeldUp
{
public:
    explicit HeldUp(ui::Document &document)
    {
        document.dispose(std::shared_ptr<const int>(
            &m_nothing, [gate = m_gate](const int *) { gate->acquire(); }));
    }
    ~HeldUp() { m_gate->release(); }

private:
    int m_nothing = 0;
    std::shared_ptr<QSemaphore> m_gate = std::make_shared<QSemaphore>();
};
