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

void MaskMaker::make(Order order, Done done)
{
    Job job{std::move(order), std::move(done)};
    if (m_isMaking)
        m_next = std::move(job);
    else
        start(std::move(job));
}

void MaskMaker::forget()
{
    ++m_generation;
    m_next.reset();
}

void MaskMaker::start(Job job)
{
    m_isMaking = true;
    m_pool.start([this, job = std::move(job), generation = m_generation] {
        MaskPointer mask;
        MaskShape shape;
        try {
            mask = job.order();
            shape = makeMaskShape(*mask);
        } catch (const std::bad_alloc &) {
            mask = nullptr;
        }
        QMetaObject::invokeMethod(
            this, [this, mask, shape = std::move(shape), generation, done = job.done] {
                m_isMaking = false;
                if (auto next = std::exchange(m_next, std::nullopt))
                    start(std::move(*next));
                if (generation == m_generation)
                    done(mask, shape);
            });
    });
}

} // namespace ui
