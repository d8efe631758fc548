// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/model_choice.h"
#include "ui/editing/segmentation_service.h"

#include <QObject>

#include <optional>

namespace ui
{

/// Gives the service the model that was chosen, and the default model when that one does not load.
class ModelChooser : public QObject
{
    Q_OBJECT

public:
    /// `current` is what the service was made with.
    ModelChooser(SegmentationService &service, ModelMaker maker, const ModelChoice &current,
                 QObject *parent = nullptr);

    const ModelChoice &current() const { return m_current; }
    void use(const ModelChoice &choice);
    /// While a model is being loaded: there is another one to use in its place.
    bool canCancel() const { return wayBack().has_value(); }
    /// The model that was used before takes its place, the default model when there was none. What
    /// is being loaded is let go of as soon as it is there.
    void cancel();

    static SegmenterFactory factory(const ModelMaker &maker, const ModelChoice &choice);

Q_SIGNALS:
    /// The default model takes the place of the one in `file`.
    void fellBack(const QString &file, core::ErrorKind kind, const QString &detail);

    /// current() is the one used in its place; `isAsBefore`: it was in use already.
    void cancelled(bool isAsBefore);

private:
    std::optional<ModelChoice> wayBack() const;
    ModelChoice defaultModel() const;
    void fallBack(core::ErrorKind kind, const QString &detail);

    SegmentationService &m_service;
    ModelMaker m_maker;
    ModelChoice m_current;
    std::optional<ModelChoice> m_loaded; ///< the last one that did load
};

} // namespace ui
