// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"

#include <QObject>
#include <QThreadPool>

#include <stop_token>

namespace ui
{

/// Looks for a picture that is not where its project says, on a thread of its own: in the project's
/// folder, in that of its pictures, and beside both. GUI thread.
class PictureSearch : public QObject
{
    Q_OBJECT

public:
    /// Outlives this.
    explicit PictureSearch(const Document &document, QObject *parent = nullptr);
    ~PictureSearch() override;

    /// One at a time: what was looked for before is given up. Pictures that were never read cannot
    /// be told from others, and are not looked for.
    void lookFor(core::Id image);
    void stop();
    bool isLooking() const { return m_isLooking; }

Q_SIGNALS:
    void lookingChanged();
    /// The very same pixels are in this file now.
    void found(core::Id image, const QString &file);
    void notFound(core::Id image);

private:
    void setLooking(bool looking);

    const Document &m_document;
    QThreadPool m_pool; ///< one thread
    std::stop_source m_stop;
    bool m_isLooking = false;
};

} // namespace ui
