// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_maker.h"

#include <new>
#include <utility>

namespace ui
{

MaskMaker::MaskMaker(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

MaskMaker::~MaskMaker()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void MaskMaker::make(Order order)
{
    if (m_isMaking)
        m_next = std::move(order);
    else
        start(std::move(order));
}

void MaskMaker::forget()
{
    ++m_generation;
    m_next = nullptr;
}

void MaskMaker::start(Order order)
{
    m_isMaking = true;
    m_pool.start([this, order = std::move(order), generation = m_generation] {
        MaskPointer mask;
        MaskShape shape;
        try {
            mask = order();
            shape = makeMaskShape(*mask);
        } catch (const std::bad_alloc &) {
            mask = nullptr;
        }
        QMetaObject::invokeMethod(this, [this, mask, shape = std::move(shape), generation] {
            m_isMaking = false;
            if (Order next = std::exchange(m_next, nullptr))
                start(std::move(next));
            if (mask && generation == m_generation)
                Q_EMIT made(mask, shape);
        });
    });
}

} // namespace ui
