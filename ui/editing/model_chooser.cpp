// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/model_chooser.h"

namespace ui
{

ModelChooser::ModelChooser(SegmentationService &service, ModelMaker maker,
                           const ModelChoice &current, QObject *parent)
    : QObject(parent), m_service(service), m_maker(std::move(maker)), m_current(current)
{
    connect(&service, &SegmentationService::modelFailed, this, &ModelChooser::fallBack);
    if (!service.status().modelName.isEmpty())
        m_loaded = current;
    connect(&service, &SegmentationService::modelChanged, this, [this] { m_loaded = m_current; });
}

SegmenterFactory ModelChooser::factory(const ModelMaker &maker, const ModelChoice &choice)
{
    return [maker, choice](const core::ComputeLimits &limits) { return maker(choice, limits); };
}

void ModelChooser::use(const ModelChoice &choice)
{
    if (choice == m_current)
        return;
    m_current = choice;
    m_service.setSegmenter(factory(m_maker, choice));
}

std::optional<ModelChoice> ModelChooser::wayBack() const
{
    if (m_loaded && *m_loaded != m_current)
        return m_loaded;
    if (!m_current.file.isEmpty())
        return defaultModel();
    return std::nullopt;
}

/// Computing as the current one.
ModelChoice ModelChooser::defaultModel() const
{
    ModelChoice choice = m_current;
    choice.file.clear();
    return choice;
}

void ModelChooser::cancel()
{
    const std::optional<ModelChoice> back = wayBack();
    if (!back || m_service.status().phase != ServiceStatus::Phase::LoadingModel)
        return;
    use(*back);
    Q_EMIT cancelled(m_loaded == back);
}

void ModelChooser::fallBack(core::ErrorKind kind, const QString &detail)
{
    if (m_current.file.isEmpty())
        return; // there is nothing to fall back to
    const QString file = m_current.file;
    use(defaultModel());
    Q_EMIT fellBack(file, kind, detail);
}

} // namespace ui
